using System.Globalization;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// The story of one call as it runs: SIP ladder, decisions with their reasons, media quality. Kept beside the journal and stored when the call closes; after a
/// restart it begins with what the journal has.
/// </summary>
public sealed class CallTimeline(EntityId call, bool keepMessages)
{
    readonly List<Kept> _entries = [];
    readonly KeptMessages _messages = new();
    readonly TimelineShare _ladder = new("SIP messages"), _story = new("decisions and notes");
    SortedDictionary<long, TimelineEntry>? _present;

    public IReadOnlyList<TimelineEntry> Entries => [.. Lines(), .. _present?.Values.AsEnumerable() ?? []];

    /// <summary>An event of before a restart: its decision, and what the journal kept of its SIP.</summary>
    public void Replayed(CallEvent happened)
    {
        if (happened is CallEvent.Started) _entries.Clear(); // the reading began anew
        if (JournalLadder.Of(happened) is var (entry, message)) Add(entry with { Message = message is null ? null : Full(message) });
        Saw(happened);
    }

    public void Took(CallCommand command, CallState before, DateTimeOffset at)
    {
        switch (command)
        {
            case CallCommand.Begin begin: In(0, begin.Invite, at); break;
            case CallCommand.Request request: In(request.Leg, request.Message, at); break;
            case CallCommand.Ack ack: In(ack.Leg, ack.Message, at); break;
            case CallCommand.Cancel cancel: In(0, cancel.Message, at); break;
            case CallCommand.Response response: Add(new(at, "sip-in", response.Leg, Code(response.Message), SipLine.Of(response.Message), Full(response.Message))); break;
            case CallCommand.Unanswered unanswered: Add(new(at, "note", unanswered.Leg, "unanswered", $"{unanswered.Method}: {unanswered.Why}")); break;
            case CallCommand.Media(var happened): Media(happened, before, at); break;
        }
    }

    public void Sent(int leg, SipRequest request, DateTimeOffset at) =>
        Add(new(at, "sip-out", leg, request.Method.Name, SipLine.Of(request), Full(request)));

    public void Cancelled(int leg, SipRequest invite, string reason, DateTimeOffset at) =>
        Add(new(at, "sip-out", leg, SipMethod.Cancel.Name, $"CANCEL {invite.Uri}, as soon as the INVITE has been heard; Reason: {reason}"));

    public void Sent(int? leg, SipResponse response, DateTimeOffset at) =>
        Add(new(at, "sip-out", leg, Code(response), SipLine.Of(response), Full(response)));

    public void Note(string code, string text, DateTimeOffset at) => Add(new(at, "note", null, code, text));

    /// <summary>Decisions are events, so their reasons are as certain as the journal.</summary>
    public void Saw(CallEvent happened)
    {
        if (happened is CallEvent.SchemeMoved moved) InScheme(moved);
        var entry = happened switch
        {
            CallEvent.Routed e => new TimelineEntry(e.At, "decision", e.Waiting, "routed", e.Reason),
            CallEvent.Announced e => new(e.At, "decision", e.Announcement.Leg, "announced", $"hears the prompt '{e.Announcement.Prompt}' before the {e.Announcement.Cause.Status}"),
            CallEvent.TrunkFailed e => new(e.At, "decision", null, "trunk-failed", $"{e.TrunkId}: {e.Reason}"),
            CallEvent.ConsultantMissed e => new(e.At, "decision", null, "consultant-missed", $"consultant {e.Consultant}: {e.Cause.Code}"),
            CallEvent.QueueLeft { Leg: { } taken } e => new(e.At, "decision", taken, "queue-left", $"leg {taken} takes the call out of the queue"),
            CallEvent.QueueLeft e => new(e.At, "decision", null, "queue-left", $"is out of the queue: {QueueExits.NameOf(e.Why)}"),
            CallEvent.KeyAwaited e => new(e.At, "decision", e.Leg, "asked-to-press-1", "has answered, and is asked to press 1"),
            CallEvent.KeyEnded e => new(e.At, "decision", e.Leg, e.Taken ? "pressed-1" : "not-pressed-1", e.Taken ? "takes the call" : "pressed something else, or nothing in time"),
            CallEvent.QueueWaited { Wait: { CallBack: CallBackWish.Asked, Sounds.IsEmpty: true } } e => new(e.At, "decision", null, "call-back", "wants to be called back"),
            CallEvent.QueueWaited { Wait.CallBack: CallBackWish.Kept } e => new(e.At, "decision", null, "call-back", "its place is kept: it will be called back"),
            CallEvent.DigitsBegan e => new(e.At, "decision", e.Leg, "sends-digits", $"{e.Count} keys are pressed before it is connected"),
            CallEvent.DigitsEnded e => new(e.At, "decision", e.Leg, "digits-sent", e.InTime ? "all keys are pressed" : "the keys took too long: it is connected without"),
            CallEvent.Bridged e => new(e.At, "decision", e.B, "bridged", $"leg {e.A} talks with leg {e.B}"),
            CallEvent.Changed e => new(e.At, "decision", e.Leg, e.HeldByPeer ? "held" : "renegotiated", $"the peer's session is now {e.Media.Direction} {e.Media.Codec}"),
            CallEvent.HeldByUs e => new(e.At, "decision", e.Leg, e.Held ? "put-on-hold" : "taken-off-hold", "over the API"),
            CallEvent.TransferBegan e => new(e.At, "decision", e.Transfer.By, "transfer", Transferred(e.Transfer)),
            CallEvent.TransferFailed e => new(e.At, "decision", null, "transfer-failed", $"{e.Cause.Code}: {e.Cause.Text}"),
            CallEvent.LedOn e => new(e.At, "decision", null, "led-on", "the transferred party waits in a queue or a scheme: the transfer is done"),
            CallEvent.Joined e => new(e.At, "decision", e.Leg, "joined", e.By is null ? $"now talks with call {e.Partner.Call}" : $"picked up by extension {e.By}: now talks with call {e.Partner.Call}"),
            CallEvent.PartnerLeft e => new(e.At, "decision", null, "partner-left", "the other call's phone left while its transfer is under way"),
            CallEvent.Parked e => new(e.At, "decision", e.Parking.Leg, "parked", $"waits at {e.Parking.Slot}, rung back {e.Parking.RingBacks} times in vain"),
            CallEvent.LegEnded e => new(e.At, "decision", e.Leg, "leg-ended", $"{e.Cause.Code}: {e.Cause.Text}{(e.ByPeer ? " (by the peer)" : "")}"),
            CallEvent.Asked e => new(e.At, "decision", null, "asked", $"{e.Entry.Actor.Name} asked for it {(e.Entry.Actor.Kind is AuditActorKind.Phone ? "by keys" : "over the API")}: {e.Entry.Action}"),
            CallEvent.Recovered e => new(e.At, "decision", null, "recovered", "taken over after a restart; above this, the journal told what it kept"),
            CallEvent.Ended e => new(e.At, "decision", null, "ended", string.Create(CultureInfo.InvariantCulture, $"{e.Cause.Code}: {e.Cause.Text}; {e.Cdr.DurationSeconds} s, {e.Cdr.Gross} PLN gross")),
            _ => null,
        };
        if (entry is not null) Add(entry);
    }

    void InScheme(CallEvent.SchemeMoved moved)
    {
        foreach (var (scheme, element, exit, reason) in moved.Path)
            Add(new(moved.At, "decision", null, "scheme", $"{scheme}/{element}: {reason}{(exit is null ? "" : $", leaves by '{exit}'")}"));
    }

    void Media(MediaEvent happened, CallState call, DateTimeOffset at)
    {
        var entry = happened switch
        {
            MediaEvent.Latched e => new TimelineEntry(at, "media", LegOf(e.Stream), "latched", $"stream {e.Stream.Value} is heard from {e.Remote}"),
            MediaEvent.Failed e => new(at, "media", LegOf(e.Stream), "failed", e.Reason),
            MediaEvent.Lost e => new(at, "media", LegOf(e.Stream), "lost", $"stream {e.Stream.Value}: no RTP"),
            MediaEvent.Closed e => new(at, "media", LegOf(e.Stream), "quality", Quality(e.Stream, e.Figures)),
            _ => null,
        };
        if (entry is not null) Add(entry);
        if (happened is MediaEvent.Quality { Figures: { PacketsReceived: > 0 } or { PacketsSent: > 0 } } now)
            (_present ??= [])[now.Stream.Value] = new(at, "media", LegOf(now.Stream), "quality", Quality(now.Stream, now.Figures));
        else if (happened is MediaEvent.Closed whole) _present?.Remove(whole.Stream.Value);

        int? LegOf(StreamId stream) => call.Legs.FirstOrDefault(leg => leg.Media?.Stream == stream.Value)?.Number;
    }

    static string Quality(StreamId stream, StreamQuality q) => string.Create(
        CultureInfo.InvariantCulture,
        $"stream {stream.Value}: received {q.PacketsReceived}, sent {q.PacketsSent}, lost {q.PacketsLost} ({q.LossPercent:0.0} %), jitter {q.JitterMs:0.0} ms, round trip {q.RoundTripMs:0.0} ms, MOS {q.Mos:0.00}");

    void In(int leg, SipRequest request, DateTimeOffset at) =>
        Add(new(at, "sip-in", leg, request.Method.Name, SipLine.Of(request), Full(request)));

    void Add(TimelineEntry entry)
    {
        var share = entry.Kind is "sip-in" or "sip-out" ? _ladder : _story;
        if (share.IsFirst()) _entries.Add(Keep(entry));
        else share.AddLate(entry);
    }

    IEnumerable<TimelineEntry> Lines()
    {
        var first = _entries.Select(Whole);
        return _ladder.HasLate || _story.HasLate ? first.Concat(_ladder.Late()).Concat(_story.Late()).OrderBy(entry => entry.At) : first;
    }

    static string Transferred(Transfer transfer) =>
        (transfer.By == Transfer.Partners ? "the other call's phone" : $"leg {transfer.By}")
        + " transfers " + (transfer.Kept == Transfer.Partners ? "the other call's party" : $"leg {transfer.Kept}")
        + (transfer.Replaces is null ? "" : " into another call")
        + (transfer.ToExternal is null ? "" : $" to {NumberMask.Of(transfer.Target)}, transferred by DTMF");

    static string Code(SipResponse response) => response.Status.ToString(CultureInfo.InvariantCulture);

    string? Full(SipMessage message) => keepMessages ? SafeText.Of(message, call) : null;

    Kept Keep(TimelineEntry entry)
    {
        if (entry.Message is not { } message) return new(entry, 0, 0);
        var (start, end) = _messages.Add(message);
        return new(entry with { Message = null, Text = entry.Text == SipLine.Of(message) ? "" : entry.Text }, start, end);
    }

    TimelineEntry Whole(Kept kept)
    {
        if (kept.End == 0) return kept.Line;
        var message = _messages.Read(kept.Start, kept.End);
        return kept.Line with { Message = message, Text = kept.Line.Text is "" ? SipLine.Of(message) : kept.Line.Text };
    }

    /// <summary>An entry, and where its message lies; where there is one, the text is empty when the message says it too.</summary>
    readonly record struct Kept(TimelineEntry Line, int Start, int End);
}
