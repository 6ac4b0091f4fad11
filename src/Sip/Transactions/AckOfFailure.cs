using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// The ACK of a non-2xx, which is the transaction's own affair (RFC 3261 §17.1.1.3), and the CANCEL, built by the same rule (§9.1).
/// </summary>
static class AckOfFailure
{
    public static SipRequest For(SipRequest invite, SipResponse response)
    {
        var ack = SameTransaction(invite, SipMethod.Ack);
        ack.Headers.CopyFrom(response.Headers, SipHeaderName.To);
        return ack;
    }

    public static SipRequest Cancel(SipRequest invite, IReadOnlyList<(string Name, string Value)> headers)
    {
        var cancel = SameTransaction(invite, SipMethod.Cancel);
        cancel.Headers.CopyFrom(invite.Headers, SipHeaderName.To);
        foreach (var (name, value) in headers) cancel.Headers.Add(name, value);
        return cancel;
    }

    // One Via, the top one of the INVITE; the same Request-URI, Route, From, Call-ID and number.
    static SipRequest SameTransaction(SipRequest invite, SipMethod method)
    {
        var request = new SipRequest(method, invite.Uri);
        request.Headers.Add(SipHeaderName.Via, invite.TopVia);
        request.Set(MaxForwards.Initial);
        request.Headers.CopyFrom(invite.Headers, SipHeaderName.Route);
        request.Headers.CopyFrom(invite.Headers, SipHeaderName.From);
        request.Headers.CopyFrom(invite.Headers, SipHeaderName.CallId);
        request.CSeq = new CSeq(invite.CSeq.Number, method);
        return request;
    }
}

/// <summary>A wish to cancel, which may have to wait for the first provisional response.</summary>
sealed class CancelRequest(IReadOnlyList<(string Name, string Value)> headers)
{
    public bool Sent { get; set; }

    public PreparedRequest For(PreparedRequest invite)
    {
        var cancel = AckOfFailure.Cancel(invite.Request, headers);
        return new(ClientTransactionId.Of(cancel.TopVia.Branch!, SipMethod.Cancel), cancel, cancel.ToBytes(), invite.Target);
    }
}
