using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// From bytes to a checked message, on the thread that received them: bans, parser, the 400 that helps, received and rport.
/// </summary>
sealed class InboundIntake(ISourceGate gate, StatelessAnswers stateless, MalformedLog malformed, SipStackCounters counters)
{
    /// <summary>Null when nothing is left to do for the loop.</summary>
    public SipMessage? Take(TransportInbound inbound)
    {
        counters.CountReceived();
        if (gate.IsBanned(inbound.Flow.Remote.Address))
        {
            counters.CountBanned();
            return null;
        }
        var result = SipParser.TryParse(inbound.Bytes, out var message);
        switch (message)
        {
            case SipRequest request:
                return IsFit(request, inbound.Flow) ? request : null;
            case SipResponse response when SipResponseCheck.IsSound(response):
                return response;
            default:
                var fault = result.IsComplete ? "BadResponse" : result.Status == SipParseStatus.Incomplete ? "Incomplete" : result.Reason.ToString();
                malformed.Note(inbound.Flow.Remote.Address, fault);
                return null;
        }
    }

    bool IsFit(SipRequest request, SipFlow flow)
    {
        var refusal = SipRequestCheck.Refusal(request);
        if (request.Headers.FirstOf<Headers.Via>(SipHeaderName.Via) is not null) ResponseRouting.Stamp(request, flow);
        else refusal = new SipRefusal(0, "Missing Via"); // nowhere to answer to
        if (refusal is not { } refused) return true;

        malformed.Note(flow.Remote.Address, refused.Reason);
        if (refused.Status > 0 && request.Method != SipMethod.Ack) stateless.Answer(request, flow, refused.Status, refused.Reason);
        return false;
    }
}
