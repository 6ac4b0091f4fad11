using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>Reliable provisional responses (RFC 3262) as values; their repetition is the stack's work.</summary>
public static class ReliableProvisional
{
    /// <summary>As UAS: makes a 101 to 199 reliable; each next one of an INVITE has a number higher by one (RFC 3262 §3).</summary>
    public static void Mark(SipResponse response, uint rseq)
    {
        if (!response.Requires(OptionTags.ReliableProvisional)) response.Headers.Add(SipHeaderName.Require, OptionTags.ReliableProvisional);
        response.Set(new RSeq(rseq));
    }

    /// <summary>The number of a reliable response; null if it is not one.</summary>
    public static uint? NumberOf(SipResponse response) =>
        response.Status is > 100 and < 200 && response.Requires(OptionTags.ReliableProvisional) ? response.Get<RSeq>()?.Number : null;

    /// <summary>As UAC: what the PRACK of this response must carry (RFC 3262 §4); null if the response is not reliable.</summary>
    public static RAck? AckFor(SipResponse response) => NumberOf(response) is { } rseq ? new RAck(rseq, response.CSeq) : null;
}
