using System.Net;

namespace TeleCube.Sip.Transport;

/// <summary>
/// Where a message goes. A living <see cref="Flow"/> is preferred, else a connection to <see cref="Remote"/> is used or opened.
/// </summary>
public sealed record SipTarget(TransportKind Transport, IPEndPoint Remote)
{
    public FlowId Flow { get; init; }

    /// <summary>
    /// Fail rather than open a connection when the flow is gone: a phone behind NAT can't be reached any other way (RFC 5626 §5.3).
    /// </summary>
    public bool FlowOnly { get; init; }

    /// <summary>The bound address to send from, when there are several.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>The name that the peer's certificate must carry (RFC 5922); its address when null.</summary>
    public string? ServerName { get; init; }

    /// <summary>A TCP target for a request too long for a datagram (RFC 3261 §18.1.1), when the peer is known to offer one.</summary>
    public bool OffersTcp { get; init; }

    /// <summary>Back on the flow on which something came.</summary>
    public static SipTarget To(SipFlow flow) => new(flow.Transport, flow.Remote) { Flow = flow.Id, Local = flow.Local };

    /// <summary>The peer was heard on this way: by the same transport, from the same address, and on the connection that is in use.</summary>
    public bool IsAt(SipFlow flow) =>
        Transport == flow.Transport && Remote.Equals(flow.Remote) && (Flow == flow.Id || !Transport.IsReliable());

    /// <summary>To where the peer was heard now; what is known of it besides, stays.</summary>
    public SipTarget MovedTo(SipFlow flow) => this with { Remote = flow.Remote, Flow = flow.Id, Local = flow.Local };

    public override string ToString() => $"{Transport.Name()} {Remote}";
}
