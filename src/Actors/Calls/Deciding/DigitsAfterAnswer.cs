using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Sekwencja DTMFów (PRODUCT §2): an external number that has answered is first pressed its keys, then connected. Meanwhile the caller stays alerted, or hears
/// that it rings. Each stands in the journal when it has been pressed, so that a restart goes on with the next; only the one that was sounding is pressed
/// again.
/// </summary>
static class DigitsAfterAnswer
{
    /// <summary>The media engine says when all are pressed; should it not, the parties are not left waiting for each other.</summary>
    static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    public static readonly EndCause HungUp = EndCause.Unreachable with { Text = "It left before it was connected" };

    /// <summary>False: there is nothing to press, the leg can be connected.</summary>
    public static bool TryBegin(Turn turn, Leg answered)
    {
        if (KeysFor(turn, answered) is not { } keys || (answered.Number == turn.Call.Waiting && answered.Seat is null)) return false;
        turn.Happen(new CallEvent.DigitsBegan(answered.Number, keys.Value.Length, turn.Now));
        if (turn.Call[turn.Call.Waiting] is { Role: LegRole.Uas, Live: true, Phase: LegPhase.Inviting, Received: not null } waiting)
            Ringing.Tell(turn, waiting, 180, null, []);
        Press(turn, turn.Leg(answered.Number));
        return true;
    }

    /// <summary>The next of them, also after a restart; keys that were taken away meanwhile are as good as pressed.</summary>
    public static void Press(Turn turn, Leg leg)
    {
        if (KeysFor(turn, leg) is not { } keys || leg.Media is not { Negotiated: true } media || leg.DigitsPressed >= keys.Value.Length)
        {
            Ended(turn, leg.Number, inTime: true);
            return;
        }

        turn.Do(new CallEffect.Media(new MediaCommand.SendDtmf(new StreamId(media.Stream), keys.Next(leg.DigitsPressed))));
        turn.Do(new CallEffect.StartTimer(Timer(leg.Number), keys.Length(leg.DigitsPressed) + _grace, new CallCommand.GiveUpDigits(leg.Number)));
    }

    /// <summary>The media engine has pressed what it was given.</summary>
    public static void Pressed(Turn turn, Leg leg)
    {
        if (!leg.AwaitsDigits) return;
        if (KeysFor(turn, leg) is { } keys && leg.DigitsPressed < keys.Value.Length)
            turn.Happen(new CallEvent.DigitsPressed(leg.Number, leg.DigitsPressed + keys.Next(leg.DigitsPressed).Length, turn.Now));
        Press(turn, turn.Leg(leg.Number));
    }

    public static void Ended(Turn turn, int number, bool inTime)
    {
        if (turn.Call[number] is not { Live: true, AwaitsDigits: true } leg) return;
        turn.Do(new CallEffect.CancelTimer(Timer(number)));
        turn.Happen(new CallEvent.DigitsEnded(number, inTime, turn.Now));
        Answering.Connect(turn, leg);
    }

    static DtmfSequence? KeysFor(Turn turn, Leg leg) =>
        leg.External is { } id && turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant
            && tenant.ExternalNumbers.TryGetValue(new ExternalNumberId(id), out var external)
            ? external.DtmfSequence
            : null;

    static string Timer(int leg) => $"digits-{leg}";
}
