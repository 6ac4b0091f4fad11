using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// What a server transaction keeps of its request while it may still have to answer on
/// its own: the bytes, not the message, which is the user's.
/// </summary>
sealed record ReceivedRequest(bool IsInvite, ReadOnlyMemory<byte> Bytes, SipFlow? Flow, SipTarget ReplyTo)
{
    public SipResponse? Answer(int status, string? reason = null)
    {
        if (!SipParser.TryParse(Bytes, out var message).IsComplete || message is not SipRequest request) return null;
        if (Flow is not null) ResponseRouting.Stamp(request, Flow);
        return SipResponse.For(request, status, reason, status > 100 ? "late" : null);
    }
}

/// <summary>RFC 3261 §8.2.2.2: what the copies of one request have in common that came by different ways.</summary>
readonly record struct MergeKey(string CallId, string? RemoteTag, uint CSeq, SipMethod Method)
{
    public static MergeKey? Of(SipRequest request) =>
        request.To.Tag is null ? new(request.CallId, request.From.Tag, request.CSeq.Number, request.Method) : null;
}
