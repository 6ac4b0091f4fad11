using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.ParkingPlaces;
using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// A party is transferred to <c>*5</c>: it waits with music in the first free place, whoever parked it hears which that is, and is rung back when nobody
/// takes the call up in time (<see cref="TakingUp"/>). The place is the company's affair (<see cref="ParkingActor"/>); that the call is there stands in its
/// own journal.
/// </summary>
static class ParkedCalls
{
    public const string Timer = "parked";
    const string AskTimer = "park";
    const string TellTimer = "park-told";
    const int MostRingBacks = 3;
    static readonly TimeSpan _answerWithin = TimeSpan.FromSeconds(10);

    /// <summary>The media engine says when the place was told; should it not, nobody is kept on the line.</summary>
    static readonly TimeSpan _longestTelling = TimeSpan.FromSeconds(15);

    public static void Ask(Turn turn)
    {
        turn.Do(new CallEffect.Tell(EntityKinds.Parking(turn.Call.Tenant), new ParkingMessage.Take(turn.Call.Id)));
        turn.Do(new CallEffect.StartTimer(AskTimer, _answerWithin, new CallCommand.SlotRefused("the parking places do not answer")));
    }

    public static void Given(Turn turn, string slot)
    {
        if (Wanted(turn.Call) is not { } transfer) return;
        turn.Do(new CallEffect.CancelTimer(AskTimer));
        if (turn.Call[transfer.Kept] is not { Up: true }) return;
        var hears = turn.Call[transfer.By] is { Up: true, HeldByPeer: false, Media.Negotiated: true } && Spoken(turn.World, turn.Call, slot) is not null;
        turn.Happen(new CallEvent.Parked(
            new Model.Parking(slot, transfer.Kept, turn.Now)
            {
                Extension = transfer.Extension,
                ByExternal = transfer.ByExternal,
                Tells = hears ? transfer.By : null,
                Asked = hears ? transfer : null,
            },
            turn.Now));
        Arm(turn);
        if (hears) turn.Do(new CallEffect.StartTimer(TellTimer, _longestTelling, new CallCommand.SlotTold()));
        else Transferring.Succeeded(turn, transfer);
    }

    public static void Refused(Turn turn, string reason)
    {
        if (Wanted(turn.Call) is null) return;
        turn.Do(new CallEffect.CancelTimer(AskTimer));
        Transferring.Failed(turn, new EndCause("no-parking-place", 486, $"The call cannot be parked: {reason}"));
    }

    /// <summary>Whoever parked the call has heard the place.</summary>
    public static void Told(Turn turn)
    {
        if (turn.Call.Parking is not { Asked: { } transfer } parking) return;
        turn.Do(new CallEffect.CancelTimer(TellTimer));
        turn.Happen(new CallEvent.Parked(parking with { Tells = null, Asked = null }, turn.Now));
        Transferring.Succeeded(turn, transfer);
    }

    /// <summary>Nobody has taken the call up: whoever parked it is rung.</summary>
    public static void TimeIsUp(Turn turn)
    {
        if (turn.Call is not { Parking: { } parking, Trying: null, Phase: CallPhase.Talking }) return;
        if (turn.World.Tenants.Find(turn.Call.Tenant) is not { } tenant) return;
        var route = parking.Extension is { } extension && ExtensionNumber.TryParse(extension, out var number)
                ? turn.World.Plan.ToExtension(tenant, number, KeptParty.Inside(turn.Call, tenant, parking.Leg), turn.Call.Id.Value)
            : parking.ByExternal is { } external ? KeyTransfers.BackTo(turn, external)
            : null;
        if (route is { } back)
            Dialling.Try(turn, back with { Reason = $"nobody has taken the call up at {parking.Slot}: {back.Reason}" }, parking.Leg);
        else
            NotTaken(turn); // gone
    }

    /// <summary>Nor did whoever parked it: it waits on, but not for ever.</summary>
    public static void NotTaken(Turn turn)
    {
        var parking = turn.Call.Parking!;
        if (parking.RingBacks + 1 >= MostRingBacks)
        {
            Ending.Call(turn, EndCause.NotTakenUp);
            return;
        }

        turn.Happen(new CallEvent.Parked(parking with { RingBacks = parking.RingBacks + 1, Since = turn.Now }, turn.Now));
        Arm(turn);
    }

    /// <summary>After a restart: what was waited for has waited on. A place that was asked for is asked for again, by the same call.</summary>
    public static void Rearm(Turn turn)
    {
        if (Wanted(turn.Call) is not null) Ask(turn);
        if (turn.Call.Parking is not { } parking) return;
        Arm(turn);
        if (parking.Asked is not null) turn.Do(new CallEffect.StartTimer(TellTimer, _longestTelling, new CallCommand.SlotTold()));
    }

    /// <summary>The words for the place; null where there are none.</summary>
    public static PlaySource? Spoken(CallWorld world, CallState call, string slot) => InScheme.Source(
        world, call, [SoundId.OfPrompt("parked-at"), .. Prompts.Spoken.Digits(slot).Select(SoundId.OfPrompt)]);

    static Transfer? Wanted(CallState call) => call.Transfer is { Kept: >= 0, Replaces: null } transfer && ParkCode.Parks(transfer.Target) ? transfer : null;

    static void Arm(Turn turn)
    {
        var due = turn.Call.Parking!.Since + (turn.World.Tenants.Find(turn.Call.Tenant)?.Settings ?? TenantSettings.Default).ParkTimeout;
        turn.Do(new CallEffect.StartTimer(Timer, due > turn.Now ? due - turn.Now : TimeSpan.Zero, new CallCommand.ParkTimeIsUp()));
    }
}
