using System.Net;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// Which way responses go back (RFC 3261 §18.2, RFC 3581). A maddr is ignored: nobody
/// honest sends one, and it would let a stranger aim our answers.
/// </summary>
public static class ResponseRouting
{
    /// <summary>Notes in the top Via where the request came from, if that differs from what it says or rport asks for it.</summary>
    public static void Stamp(SipRequest request, SipFlow flow)
    {
        var via = request.TopVia;
        var source = flow.Remote.Address;
        if (!via.HasRPort && IPAddress.TryParse(via.Host, out var said) && said.Equals(source)) return;
        request.TopVia = via.WithReceived(source.ToString(), flow.Remote.Port);
    }

    /// <summary>Where the response to a request goes that came on this flow.</summary>
    public static SipTarget TargetOf(Via via, SipFlow flow) => flow.Transport.IsReliable()
        ? new SipTarget(flow.Transport, new IPEndPoint(flow.Remote.Address, via.Port ?? flow.Transport.DefaultPort()))
        {
            Flow = flow.Id, // the address is for when the connection is gone: RFC 3261 §18.2.2
            FlowOnly = flow.Transport is TransportKind.Ws or TransportKind.Wss,
        }
        : new SipTarget(flow.Transport, new IPEndPoint(flow.Remote.Address, via.HasRPort ? flow.Remote.Port : via.Port ?? 5060))
        {
            Flow = flow.Id,
            Local = flow.Local,
        };

    /// <summary>The same from a stamped Via alone, for a request that a journal kept; null if it names no address.</summary>
    public static SipTarget? TargetOf(Via via, IPEndPoint? local, FlowId flow)
    {
        if (!TransportKinds.TryParse(via.Transport, out var transport) || !IPAddress.TryParse(via.Received ?? via.Host, out var address)) return null;
        var port = transport.IsReliable() ? via.Port : via.RPort ?? via.Port;
        return new SipTarget(transport, new IPEndPoint(address, port ?? transport.DefaultPort())) { Flow = flow, Local = local };
    }
}
