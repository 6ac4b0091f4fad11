using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// The story of one call as it runs: SIP ladder, decisions with their reasons, media quality. Kept beside the journal and stored when the call closes; after a
/// restart it begins with what the journal has.
/// </summary>
public sealed class CallTimeline(EntityId call, bool keepMessages)
{
    /// <summary>It is JSON that a program reads, never part of a web page: quotes and brackets of SIP may stand as they are.</summary>
    static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly List<Kept> _entries = [];
    KeptMessages _messages = new();
    readonly TimelineShare _ladder = new("SIP messages"), _story = new("decisions and notes");
    SortedDictionary<long, TimelineEntry>? _present;

    public IReadOnlyList<TimelineEntry> Entries => [.. Lines().Select(Whole), .. _present?.Values.AsEnumerable() ?? []];

    /// <summary>An event of before a restart: its decision, and what the journal kept of its SIP.</summary>
    public void Replayed(CallEvent happened)
    {
        if (happened is CallEvent.Started) Clear(); // the reading began anew
        if (JournalLadder.Of(happened) is var (entry, message))
        {
            if (message is null) Add(entry);
            else Add(entry.At, entry.Kind, entry.Leg, entry.Code, message);
        }

        Saw(happened);
    }

    /// <summary>The entries as they are stored: what is kept as bytes becomes JSON without being text in between.</summary>
    public string ToJson()
    {
        using var output = new WireBuffer(2 * _messages.Bytes + 1024);
        using (var json = new Utf8JsonWriter(output, _json))
        {
            using var message = new WireBuffer();
            json.WriteStartArray();
            foreach (var kept in Lines()) Write(kept, json, message);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(output.Written);
    }

    public void Took(CallCommand command, CallState before, DateTimeOffset at)
    {
        switch (command)
        {
            case CallCommand.Begin begin: In(0, begin.Invite, at); break;
            case CallCommand.Request request: In(request.Leg, request.Message, at); break;
            case CallCommand.Ack ack: In(ack.Leg, ack.Message, at); break;
            case CallCommand.Cancel cancel: In(0, cancel.Message, at); break;
            case CallCommand.Response response: Add(at, "sip-in", response.Leg, Code(response.Message), response.Message); break;
            case CallCommand.Unanswered unanswered: Add(new(at, "note", unanswered.Leg, "unanswered", $"{unanswered.Method}: {unanswered.Why}")); break;
            case CallCommand.Media(var happened): Media(happened, before, at); break;
        }
    }

    public void Sent(int leg, SipRequest request, DateTimeOffset at) => Add(at, "sip-out", leg, request.Method.Name, request);

    public void Cancelled(int leg, SipRequest invite, string reason, DateTimeOffset at) =>
        Add(new(at, "sip-out", leg, SipMethod.Cancel.Name, $"CANCEL {invite.Uri}, as soon as the INVITE has been heard; Reason: {reason}"));

    public void Sent(int? leg, SipResponse response, DateTimeOffset at) => Add(at, "sip-out", leg, Code(response), response);

    public void Note(string code, string text, DateTimeOffset at) => Add(new(at, "note", null, code, text));

    /// <summary>Decisions are events, so their reasons are as certain as the journal.</summary>
    public void Saw(CallEvent happened)
    {
        if (happened is CallEvent.SchemeMoved moved) InScheme(moved);
        var entry = happened switch
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
            CallEvent.QueueWaited { Wait: { CallBack: CallBackWish.Asked, Sounds.IsEmpty: true } } e =>
                new(e.At, "decision", null, "call-back", "wants to be called back"),
            CallEvent.QueueWaited { Wait.CallBack: CallBackWish.Kept } e =>
                new(e.At, "decision", null, "call-back", "its place is kept: it will be called back"),
            CallEvent.DigitsBegan e => new(e.At, "decision", e.Leg, "sends-digits", $"{e.Count} keys are pressed before it is connected"),
            CallEvent.DigitsEnded e =>
                new(e.At, "decision", e.Leg, "digits-sent", e.InTime ? "all keys are pressed" : "the keys took too long: it is connected without"),
            CallEvent.Bridged e => new(e.At, "decision", e.B, "bridged", $"leg {e.A} talks with leg {e.B}"),
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
        $"stream {stream.Value}: received {q.PacketsReceived}, sent {q.PacketsSent}, lost {q.PacketsLost} ({q.LossPercent:0.0} %), "
        + $"jitter {q.JitterMs:0.0} ms, round trip {q.RoundTripMs:0.0} ms, MOS {q.Mos:0.00}");

    void In(int leg, SipRequest request, DateTimeOffset at) => Add(at, "sip-in", leg, request.Method.Name, request);

    void Add(TimelineEntry entry)
    {
        var share = entry.Kind is "sip-in" or "sip-out" ? _ladder : _story;
        if (share.IsFirst()) _entries.Add(new(entry, 0, 0));
        else share.AddLate(entry);
    }

    /// <summary>Where the message is kept it says what happened itself, so no text is kept beside it.</summary>
    void Add(DateTimeOffset at, string kind, int? leg, string code, SipMessage message)
    {
        if (_ladder.IsFirst())
        {
            var (start, end) = keepMessages ? Keep(message) : default;
            _entries.Add(new(new(at, kind, leg, code, end > start ? "" : Line(message)), start, end));
        }
        else _ladder.AddLate(new(at, kind, leg, code, Line(message)));
    }

    /// <summary>What is kept, in its order; a late line stands where its time says.</summary>
    IEnumerable<Kept> Lines() =>
        _ladder.HasLate || _story.HasLate ? _entries.Concat(Late(_ladder)).Concat(Late(_story)).OrderBy(kept => kept.At) : _entries;

    static IEnumerable<Kept> Late(TimelineShare share) => share.Late().Select(entry => new Kept(entry, 0, 0));

    void Clear()
    {
        _entries.Clear();
        _messages = new KeptMessages();
        _ladder.Clear();
        _story.Clear();
    }

    static string Transferred(Transfer transfer) =>
        (transfer.By == Transfer.Partners ? "the other call's phone" : $"leg {transfer.By}")
        + " transfers " + (transfer.Kept == Transfer.Partners ? "the other call's party" : $"leg {transfer.Kept}")
        + (transfer.Replaces is null ? "" : " into another call")
        + (transfer.ToExternal is null ? "" : $" to {NumberMask.Of(transfer.Target)}, transferred by DTMF");

    static string Code(SipResponse response) => response.Status.ToString(CultureInfo.InvariantCulture);

    static string Line(SipMessage message) => message is SipRequest request ? SipLine.Of(request) : SipLine.Of((SipResponse)message);

    (int Start, int End) Keep(SipMessage message)
    {
        using var wire = new WireBuffer();
        message.WriteTo(wire);
        return _messages.Add(SafeText.IsHarmless(message, wire.Written, call) ? wire.Written : Encoding.UTF8.GetBytes(SafeText.Of(message, call)));
    }

    TimelineEntry Whole(Kept kept)
    {
        if (!kept.HasMessage) return kept.Entry;
        using var message = new WireBuffer();
        _messages.Read(kept.Start, kept.End, message);
        return kept.Entry with { Message = Encoding.UTF8.GetString(message.Written), Text = SipLine.Of(message.Written) };
    }

    void Write(in Kept kept, Utf8JsonWriter json, WireBuffer message)
    {
        message.Clear();
        if (kept.HasMessage) _messages.Read(kept.Start, kept.End, message);
        json.WriteStartObject();
        json.WriteString("at", kept.At);
        json.WriteString("kind", kept.Kind);
        if (kept.Leg is { } leg) json.WriteNumber("leg", leg);
        json.WriteString("code", kept.Code);
        json.WriteString("text", kept.HasMessage ? SipLine.Of(message.Written) : kept.Text);
        if (kept.HasMessage) json.WriteString("message", message.Written);
        json.WriteEndObject();
    }

    /// <summary>An entry in little room, and where its message lies.</summary>
    readonly struct Kept(TimelineEntry entry, int start, int end)
    {
        readonly long _ticks = entry.At.UtcTicks;
        readonly int _leg = entry.Leg ?? -1;

        public readonly string Kind = entry.Kind, Code = entry.Code, Text = entry.Text;
        public readonly int Start = start, End = end;

        public DateTimeOffset At => new(_ticks, TimeSpan.Zero);

        public int? Leg => _leg < 0 ? null : _leg;

        public bool HasMessage => End > Start;

        public TimelineEntry Entry => new(At, Kind, Leg, Code, Text);
    }
}
