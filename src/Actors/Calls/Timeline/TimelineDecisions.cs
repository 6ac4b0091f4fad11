using System.Globalization;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>The decisions among a call's events, in words for people. They are events, so their reasons are as certain as the journal.</summary>
static class TimelineDecisions
{
    public static TimelineEntry? Of(CallEvent happened) => happened switch
    {
        CallEvent.Routed e => new TimelineEntry(e.At, "decision", e.Waiting, "routed", e.Reason),
        CallEvent.Announced e =>
            new(e.At, "decision", e.Announcement.Leg, "announced", $"hears the prompt '{e.Announcement.Prompt}' before the {e.Announcement.Cause.Status}"),
        CallEvent.TrunkFailed e => new(e.At, "decision", null, "trunk-failed", $"{e.TrunkId}: {e.Reason}"),
        CallEvent.ConsultantMissed e => new(e.At, "decision", null, "consultant-missed", $"consultant {e.Consultant}: {e.Cause.Code}"),
        CallEvent.QueueLeft { Leg: { } taken } e => new(e.At, "decision", taken, "queue-left", $"leg {taken} takes the call out of the queue"),
        CallEvent.QueueLeft e => new(e.At, "decision", null, "queue-left", $"is out of the queue: {QueueExits.NameOf(e.Why)}"),
        CallEvent.KeyAwaited e => new(e.At, "decision", e.Leg, "asked-to-press-1", "has answered, and is asked to press 1"),
        CallEvent.KeyEnded e =>
            new(e.At, "decision", e.Leg, e.Taken ? "pressed-1" : "not-pressed-1",
                e.Taken ? "takes the call" : "pressed something else, or nothing in time"),
        CallEvent.QueueWaited { Wait.CallBack: CallBackWish.Asked } e =>
            new(e.At, "decision", null, "call-back", "wants to be called back"),
        CallEvent.QueueWaited { Wait.CallBack: CallBackWish.Kept } e =>
            new(e.At, "decision", null, "call-back", "its place is kept: it will be called back"),
        CallEvent.DigitsBegan e => new(e.At, "decision", e.Leg, "sends-digits", $"{e.Count} keys are pressed before it is connected"),
        CallEvent.DigitsEnded e =>
            new(e.At, "decision", e.Leg, "digits-sent", e.InTime ? "all keys are pressed" : "the keys took too long: it is connected without"),
        CallEvent.Bridged e => new(e.At, "decision", e.B, "bridged", $"leg {e.A} talks with leg {e.B}"),
        CallEvent.Changed { Target: { } target } e => new(e.At, "decision", e.Leg, "moved", $"the peer is reached at {target} now"),
        CallEvent.Changed e =>
            new(e.At, "decision", e.Leg, e.HeldByPeer ? "held" : "renegotiated", $"the peer's session is now {e.Media.Direction} {e.Media.Codec}"),
        CallEvent.HeldByUs e => new(e.At, "decision", e.Leg, e.Held ? "put-on-hold" : "taken-off-hold", "over the API"),
        CallEvent.TransferBegan e => new(e.At, "decision", e.Transfer.By, "transfer", Transferred(e.Transfer)),
        CallEvent.TransferFailed e => new(e.At, "decision", null, "transfer-failed", $"{e.Cause.Code}: {e.Cause.Text}"),
        CallEvent.LedOn e => new(e.At, "decision", null, "led-on", "the transferred party waits in a queue or a scheme: the transfer is done"),
        CallEvent.Joined e =>
            new(e.At, "decision", e.Leg, "joined",
                e.By is null ? $"now talks with call {e.Partner.Call}" : $"picked up by extension {e.By}: now talks with call {e.Partner.Call}"),
        CallEvent.PartnerLeft e => new(e.At, "decision", null, "partner-left", "the other call's phone left while its transfer is under way"),
        CallEvent.Parked e => new(e.At, "decision", e.Parking.Leg, "parked", $"waits at {e.Parking.Slot}, rung back {e.Parking.RingBacks} times in vain"),
        CallEvent.LegEnded e => new(e.At, "decision", e.Leg, "leg-ended", $"{e.Cause.Code}: {e.Cause.Text}{(e.ByPeer ? " (by the peer)" : "")}"),
        CallEvent.Asked e =>
            new(e.At, "decision", null, "asked",
                $"{e.Entry.Actor.Name} asked for it {(e.Entry.Actor.Kind is AuditActorKind.Phone ? "by keys" : "over the API")}: {e.Entry.Action}"),
        CallEvent.Recovered e => new(e.At, "decision", null, "recovered", "taken over after a restart; above this, the journal told what it kept"),
        CallEvent.Ended e =>
            new(e.At, "decision", null, "ended",
                string.Create(CultureInfo.InvariantCulture, $"{e.Cause.Code}: {e.Cause.Text}; {e.Cdr.DurationSeconds} s, {e.Cdr.Gross} PLN gross")),
        _ => null,
    };

    /// <summary>The way through a scheme, element by element.</summary>
    public static IEnumerable<TimelineEntry> InScheme(CallEvent.SchemeMoved moved) => moved.Path.Select(step => new TimelineEntry(
        moved.At, "decision", null, "scheme", $"{step.Scheme}/{step.Element}: {step.Reason}{(step.Exit is null ? "" : $", leaves by '{step.Exit}'")}"));

    static string Transferred(Transfer transfer) =>
        (transfer.By == Transfer.Partners ? "the other call's phone" : $"leg {transfer.By}")
        + " transfers " + (transfer.Kept == Transfer.Partners ? "the other call's party" : $"leg {transfer.Kept}")
        + (transfer.Replaces is null ? "" : " into another call")
        + (transfer.ToExternal is null ? "" : $" to {NumberMask.Of(transfer.Target)}, transferred by DTMF");
}
