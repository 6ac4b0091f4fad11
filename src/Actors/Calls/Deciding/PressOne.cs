using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// A consultant outside who has answered must press 1 to take the call: a mobile's voice mail does not (PRODUCT §5). The caller waits on meanwhile, and others
/// ring on. Any other key, or none in time, counts as no answer. A restart asks again.
/// </summary>
static class PressOne
{
    const char Key = '1';
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);
    static readonly SoundId _question = SoundId.OfPrompt("accept-call");

    /// <summary>False: it need not be asked.</summary>
    public static bool TryAsk(Turn turn, Leg answered)
    {
        if (answered.Seat is not { PressOne: true }) return false;
        turn.Happen(new CallEvent.KeyAwaited(answered.Number, turn.Now));
        Await(turn, answered.Number);
        return true;
    }

    public static void Await(Turn turn, int leg) => turn.Do(new CallEffect.StartTimer(Timer(leg), _patience, new CallCommand.GiveUpKey(leg)));

    /// <summary>False: the leg was asked for no key.</summary>
    public static bool TryKey(Turn turn, Leg leg, char key)
    {
        if (!leg.AwaitsKey) return false;
        Ended(turn, leg.Number, key == Key);
        return true;
    }

    public static void Ended(Turn turn, int number, bool accepted)
    {
        if (turn.Call[number] is not { Live: true, AwaitsKey: true } leg) return;
        turn.Do(new CallEffect.CancelTimer(Timer(number)));
        turn.Happen(new CallEvent.KeyEnded(number, accepted, turn.Now));
        if (accepted)
        {
            Answering.LetOthersGo(turn, leg);
            Answering.Connect(turn, leg);
            return;
        }

        Ending.Drop(turn, number, EndCause.NotAccepted);
        Dialling.LegFailed(turn, leg, EndCause.NotAccepted, mayTryNextTrunk: false);
    }

    /// <summary>The question, over and over.</summary>
    public static PlaySource Question(CallWorld world, TenantId tenant) =>
        world.Tenants.Find(tenant) is { } found && world.Sounds.Find(found, _question) is PlaySource.Files question
            ? question with { Times = 0 }
            : new PlaySource.Tone(ToneKind.Beep);

    static string Timer(int leg) => $"key-{leg}";
}
