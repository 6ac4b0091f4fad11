using System.Net;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// From bytes to a checked message, on the thread that received them: bans, parser, the 400 that helps, received and rport. Who is banned may
/// still make an emergency call and go on with what is under way; everything else of it is dropped without a word.
/// </summary>
sealed class InboundIntake(ISourceGate gate, StatelessAnswers stateless, MalformedLog malformed, SipStackCounters counters, int maxMessageBytes)
{
    /// <summary>Null when nothing is left to do for the loop.</summary>
    public SipMessage? Take(TransportInbound inbound)
    {
        counters.CountReceived();
        var banned = gate.IsBanned(inbound.Flow.Remote.Address);
        if (banned && !MayMatter(inbound.Bytes.Span)) return Banned();
        var result = SipParser.TryParse(inbound.Bytes, out var message);
        if (banned && !Matters(message, inbound.Flow.Remote.Address)) return Banned();
        switch (message)
        {
            case SipRequest request:
                return IsFit(request, inbound) ? request : null;
            case SipResponse response when inbound.Bytes.Length <= maxMessageBytes && SipResponseCheck.IsSound(response):
                return response;
            default:
                var fault = result.IsComplete ? "BadResponse" : result.Status == SipParseStatus.Incomplete ? "Incomplete" : result.Reason.ToString();
                malformed.Note(inbound.Flow.Remote.Address, fault);
                return null;
        }
    }

    SipMessage? Banned()
    {
        counters.CountBanned();
        return null;
    }

    /// <summary>What floods and guesses is mostly sorted out by its first word, without being parsed.</summary>
    static bool MayMatter(ReadOnlySpan<byte> bytes)
    {
        var first = bytes.TrimStart("\r\n"u8); // RFC 3261 §7.5
        return !first.StartsWith("REGISTER "u8) && !first.StartsWith("OPTIONS "u8) && !first.StartsWith("SUBSCRIBE "u8);
    }

    bool Matters(SipMessage? message, IPAddress source) => message switch
    {
        SipRequest request when stateless.IsWithinDialog(request) => true,
        SipRequest request when stateless.IsExempt(request) => request.Method != SipMethod.Invite || gate.MayCallForHelp(source),
        SipResponse => true,
        _ => false,
    };

    bool IsFit(SipRequest request, TransportInbound inbound)
    {
        var flow = inbound.Flow;
        var refusal = inbound.Bytes.Length > maxMessageBytes ? new SipRefusal(513, "Message Too Large") : SipRequestCheck.Refusal(request);
        if (request.Headers.FirstOf<Headers.Via>(SipHeaderName.Via) is not null) ResponseRouting.Stamp(request, flow);
        else refusal = new SipRefusal(0, "Missing Via"); // nowhere to answer to
        if (refusal is not { } refused) return true;

        malformed.Note(flow.Remote.Address, refused.Reason);
        if (refused.Status > 0 && request.Method != SipMethod.Ack) stateless.Answer(request, flow, refused.Status, refused.Reason);
        return false;
    }
}
