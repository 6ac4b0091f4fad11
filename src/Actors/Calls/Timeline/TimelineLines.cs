using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>The lines of one call's timeline as they are kept: bounded, SIP messages as bytes, a share of the room for each sort.</summary>
sealed class TimelineLines(EntityId call, bool keepMessages)
{
    /// <summary>It is JSON that a program reads, never part of a web page: quotes and brackets of SIP may stand as they are.</summary>
    static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly List<Kept> _entries = [];
    readonly TimelineShare _ladder = new("SIP messages"), _story = new("decisions and notes");
    readonly WithheldIdentity _withheld = new(call.Tenant);
    KeptMessages _messages = new();

    public IEnumerable<TimelineEntry> Entries => All().Select(Whole);

    /// <summary>The entries as they are stored: what is kept as bytes becomes JSON without being text in between.</summary>
    public string ToJson()
    {
        using var output = new WireBuffer(2 * _messages.Bytes + 1024);
        using (var json = new Utf8JsonWriter(output, _json))
        {
            using var message = new WireBuffer();
            json.WriteStartArray();
            foreach (var kept in All()) Write(kept, json, message);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(output.Written);
    }

    public void Add(TimelineEntry entry)
    {
        var share = entry.Kind is "sip-in" or "sip-out" ? _ladder : _story;
        if (share.IsFirst()) _entries.Add(new(entry, 0, 0));
        else share.AddLate(entry);
    }

    /// <summary>Where the message is kept it says what happened itself, so no text is kept beside it.</summary>
    public void Add(DateTimeOffset at, string kind, int? leg, string code, SipMessage message)
    {
        if (kind == "sip-in") _withheld.Heard(leg, message);
        if (_ladder.IsFirst())
        {
            var (start, end) = keepMessages ? Keep(kind, leg, message) : default;
            _entries.Add(new(new(at, kind, leg, code, end > start ? "" : Line(message)), start, end));
        }
        else _ladder.AddLate(new(at, kind, leg, code, Line(message)));
    }

    /// <summary>What is kept, in its order; a late line stands where its time says.</summary>
    IEnumerable<Kept> All() =>
        _ladder.HasLate || _story.HasLate ? _entries.Concat(Late(_ladder)).Concat(Late(_story)).OrderBy(kept => kept.At) : _entries;

    static IEnumerable<Kept> Late(TimelineShare share) => share.Late().Select(entry => new Kept(entry, 0, 0));

    public void Clear()
    {
        _entries.Clear();
        _messages = new KeptMessages();
        _withheld.Clear();
        _ladder.Clear();
        _story.Clear();
    }

    string Line(SipMessage message) => _withheld.LeaveOut(message is SipRequest request ? SipLine.Of(request) : SipLine.Of((SipResponse)message));

    (int Start, int End) Keep(string kind, int? leg, SipMessage message)
    {
        if (!_withheld.IsEmpty) return _messages.Add(Encoding.UTF8.GetBytes(_withheld.LeaveOut(SafeText.Of(message, call), kind == "sip-in" ? leg : null)));
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
