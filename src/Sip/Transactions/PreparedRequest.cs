using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>A request of ours with its Via and its bytes; made on the user's thread, from then on the loop's.</summary>
sealed record PreparedRequest(ClientTransactionId Id, SipRequest Request, ReadOnlyMemory<byte> Bytes, SipTarget Target)
{
    /// <summary>
    /// Adds our Via (RFC 3261 §8.1.1.7, rport always: RFC 3581) to a copy; a long request goes by TCP where that is offered (§18.1.1).
    /// </summary>
    public static PreparedRequest From(SipRequest request, SipTarget target, string branch, IReadOnlyList<SipEndpoint> endpoints, int longestUdpBytes)
    {
        var id = ClientTransactionId.Of(branch, request.Method);
        var (stamped, bytes) = Stamp(request, target, branch, endpoints);
        if (target.Transport != TransportKind.Udp || !target.OffersTcp || bytes.Length <= longestUdpBytes) return new(id, stamped, bytes, target);

        var byTcp = target with { Transport = TransportKind.Tcp, Flow = FlowId.None, Local = target.Local is { } local ? new(local.Address, 0) : null };
        (stamped, bytes) = Stamp(request, byTcp, branch, endpoints);
        return new(id, stamped, bytes, byTcp);
    }

    static (SipRequest, byte[]) Stamp(SipRequest request, SipTarget target, string branch, IReadOnlyList<SipEndpoint> endpoints)
    {
        var stamped = request.Copy();
        stamped.Headers.Prepend(SipHeaderName.Via, ViaFor(target, branch, endpoints));
        if (!stamped.Headers.Has(SipHeaderName.MaxForwards)) stamped.Set(MaxForwards.Initial);
        return (stamped, stamped.ToBytes());
    }

    static Via ViaFor(SipTarget target, string branch, IReadOnlyList<SipEndpoint> endpoints)
    {
        var endpoint = EndpointSelection.For(endpoints, target);
        // RFC 7118 §5: invalid is what a client without an address of its own writes.
        var host = endpoint?.AdvertisedHost ?? target.Local?.Address.ToString() ?? "invalid.invalid";
        return new Via(target.Transport.Name(), host, endpoint?.AdvertisedPort, branch).WithRPort();
    }
}

/// <summary>A response of the user with what the loop must know of it.</summary>
sealed record PreparedResponse(int Status, ReadOnlyMemory<byte> Bytes, InDialogKey Dialog, uint? RSeq)
{
    public static PreparedResponse From(SipResponse response) =>
        new(response.Status, response.ToBytes(), InDialogKey.Of(response), ReliableProvisional.NumberOf(response));
}

/// <summary>By what an ACK or a PRACK finds its INVITE: the dialog and the sequence number.</summary>
readonly record struct InDialogKey(string CallId, string? RemoteTag, string? LocalTag, uint CSeq)
{
    /// <summary>Of a response of ours, or of a request within the dialog: From is the remote side, To the local one.</summary>
    public static InDialogKey Of(SipMessage message) => Of(message, message.CSeq.Number);

    public static InDialogKey Of(SipMessage message, uint cseq) => new(message.CallId, message.From.Tag, message.To.Tag, cseq);
}
