using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>Reliable provisional responses (RFC 3262) as values; their repetition is the stack's work.</summary>
public static class ReliableProvisional
{
    public const string Option = "100rel";

    /// <summary>As UAS: makes a 101 to 199 reliable. The first number should be random in 1..2^31-1, each next one higher by one.</summary>
    public static void Mark(SipResponse response, uint rseq)
    {
        if (!response.Requires(Option)) response.Headers.Add(SipHeaderName.Require, Option);
        response.Set(new RSeq(rseq));
    }

    /// <summary>As UAC: what the PRACK of this response must carry; null if the response is not reliable.</summary>
    public static RAck? AckFor(SipResponse response) =>
        response.Status is > 100 and < 200 && response.Requires(Option) && response.Get<RSeq>() is { } rseq ? new RAck(rseq.Number, response.CSeq) : null;

    /// <summary>As UAS: whether a PRACK is that of the response with this number to the INVITE with that CSeq.</summary>
    public static bool Matches(SipRequest prack, uint rseq, uint inviteSeq) =>
        prack.Get<RAck>() is { } rack && rack.Response == rseq && rack.CSeq.Number == inviteSeq && rack.CSeq.Method == SipMethod.Invite;
}
