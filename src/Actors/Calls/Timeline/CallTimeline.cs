using System.Globalization;
using System.Text;
using TeleCube.Actors.Calls.Model;
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
    readonly TimelineLines _lines = new(call, keepMessages);
    SortedDictionary<long, TimelineEntry>? _present;
    CallBackWish _wish;

    public IReadOnlyList<TimelineEntry> Entries => [.. _lines.Entries, .. _present?.Values.AsEnumerable() ?? []];

    /// <summary>An event of before a restart: its decision, and what the journal kept of its SIP.</summary>
    public void Replayed(CallEvent happened)
    {
        if (happened is CallEvent.Started) _lines.Clear(); // the reading began anew
        if (JournalLadder.Of(happened) is var (entry, message))
        {
            if (message is null) _lines.Add(entry);
            else _lines.Add(entry.At, entry.Kind, entry.Leg, entry.Code, message);
        }

        Saw(happened);
    }

    public string ToJson() => _lines.ToJson();

    public void Took(CallCommand command, CallState before, DateTimeOffset at)
    {
        switch (command)
        {
            case CallCommand.Begin begin: In(0, begin.Invite, at); break;
            case CallCommand.Request request: In(request.Leg, request.Message, at); break;
            case CallCommand.Ack ack: In(ack.Leg, ack.Message, at); break;
            case CallCommand.Cancel cancel: In(0, cancel.Message, at); break;
            case CallCommand.Response response: _lines.Add(at, "sip-in", response.Leg, Code(response.Message), response.Message); break;
            case CallCommand.Unanswered unanswered: _lines.Add(new(at, "note", unanswered.Leg, "unanswered", $"{unanswered.Method}: {unanswered.Why}")); break;
            case CallCommand.Media(var happened): Media(happened, before, at); break;
        }
    }

    public void Sent(int leg, SipRequest request, DateTimeOffset at) => _lines.Add(at, "sip-out", leg, request.Method.Name, request);

    public void Cancelled(int leg, SipRequest invite, IEnumerable<(string Name, string Value)> headers, DateTimeOffset at)
    {
        var said = string.Join("; ", headers.Select(header => $"{header.Name}: {header.Value}"));
        _lines.Add(new(at, "sip-out", leg, SipMethod.Cancel.Name, $"CANCEL {invite.Uri}, as soon as the INVITE has been heard; {said}"));
    }

    public void Sent(int? leg, SipResponse response, DateTimeOffset at) => _lines.Add(at, "sip-out", leg, Code(response), response);

    public void Note(string code, string text, DateTimeOffset at) => _lines.Add(new(at, "note", null, code, text));

    public void Saw(CallEvent happened)
    {
        if (happened is CallEvent.QueueWaited { Wait.CallBack: var wish })
        {
            if (wish == _wish) return; // something else of the wait has changed
            _wish = wish;
        }
        else if (happened is CallEvent.SchemeMoved or CallEvent.Started)
        {
            _wish = CallBackWish.None;
        }

        foreach (var step in happened is CallEvent.SchemeMoved moved ? TimelineDecisions.InScheme(moved) : []) _lines.Add(step);
        if (TimelineDecisions.Of(happened) is { } decision) _lines.Add(decision);
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
        if (entry is not null) _lines.Add(entry);
        if (happened is MediaEvent.Quality { Figures: { PacketsReceived: > 0 } or { PacketsSent: > 0 } } now)
            (_present ??= [])[now.Stream.Value] = new(at, "media", LegOf(now.Stream), "quality", Quality(now.Stream, now.Figures));
        else if (happened is MediaEvent.Closed whole) _present?.Remove(whole.Stream.Value);

        int? LegOf(StreamId stream) => call.Legs.FirstOrDefault(leg => leg.Media?.Stream == stream.Value)?.Number;
    }

    /// <summary>What was not measured is left out: a phone that rang in vain has sent nothing that could be judged.</summary>
    static string Quality(StreamId stream, StreamQuality q)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"stream {stream.Value}: received {q.PacketsReceived}, sent {q.PacketsSent}");
        if (q.PacketsReceived > 0) line.Append(CultureInfo.InvariantCulture, $", lost {q.PacketsLost} ({q.LossPercent:0.0} %), jitter {q.JitterMs:0.0} ms");
        if (q.RoundTripMs is { } trip) line.Append(CultureInfo.InvariantCulture, $", round trip {trip:0.0} ms");
        if (q.Mos is { } mos) line.Append(CultureInfo.InvariantCulture, $", MOS {mos:0.00}");
        return line.ToString();
    }

    void In(int leg, SipRequest request, DateTimeOffset at) => _lines.Add(at, "sip-in", leg, request.Method.Name, request);

    static string Code(SipResponse response) => response.Status.ToString(CultureInfo.InvariantCulture);
}
