using System.Globalization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// What the journal knows of a call's SIP, for the timeline of one that was taken up after a restart: INVITEs and our 2xx as they were, of what else decided
/// something that it came or went. Messages that decided nothing (100, keep-alives, repeats) are in no journal.
/// </summary>
static class JournalLadder
{
    public static (TimelineEntry Entry, SipMessage? Message)? Of(CallEvent happened) => happened switch
    {
        CallEvent.Started { First: { Received: { } received } first } e => In(e.At, first.Number, received.Request),
        CallEvent.LegDialled { Leg: { Sent: { } sent } leg } e => Out(e.At, leg.Number, sent.Request),
        CallEvent.Rang e => In(e.At, e.Leg, e.EarlyMedia ? "183" : "180", e.EarlyMedia ? "rings, and is heard" : "rings"),
        CallEvent.Alerted e => Out(e.At, e.Leg, Code(e.Status), $"{e.Status} (INVITE)"),
        CallEvent.Answered e => In(e.At, e.Leg, "200", "200 (INVITE)"),
        CallEvent.Accepted { Received.Answer: { } answer } e => Out(e.At, e.Leg, answer),
        CallEvent.Acknowledged e => In(e.At, e.Leg, SipMethod.Ack.Name, SipMethod.Ack.Name),
        CallEvent.Changed { Received: { } received } e => In(e.At, e.Leg, received.Request),
        CallEvent.Reinvited e => Out(e.At, e.Leg, e.Sent.Request),
        CallEvent.Renegotiated e => In(e.At, e.Leg, "200", "200 (INVITE)"),
        CallEvent.ReinviteRefused e => In(e.At, e.Leg, Code(e.Status), $"{e.Status} (INVITE)"),
        _ => null,
    };

    static (TimelineEntry, SipMessage?) In(DateTimeOffset at, int leg, SipRequest request) =>
        (new(at, "sip-in", leg, request.Method.Name, SipLine.Of(request)), request);

    static (TimelineEntry, SipMessage?) In(DateTimeOffset at, int leg, string code, string text) => (new(at, "sip-in", leg, code, text), null);

    static (TimelineEntry, SipMessage?) Out(DateTimeOffset at, int leg, SipRequest request) =>
        (new(at, "sip-out", leg, request.Method.Name, SipLine.Of(request)), request);

    static (TimelineEntry, SipMessage?) Out(DateTimeOffset at, int leg, SipResponse response) =>
        (new(at, "sip-out", leg, Code(response.Status), SipLine.Of(response)), response);

    static (TimelineEntry, SipMessage?) Out(DateTimeOffset at, int leg, string code, string text) => (new(at, "sip-out", leg, code, text), null);

    static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);
}
