using System.Net;
using TeleCube.Kernel.Persistence;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Registrations;

/// <summary>
/// The way to a registered phone. A contact that names a private address other than the one it was heard from
/// is behind NAT and reached only by the way it came; any other is taken at its word.
/// </summary>
static class BindingTarget
{
    public static SipTarget? Of(RegistrationRow binding, SipUri contact)
    {
        if (!BindingAddress.TryParse(binding.Received, out var transport, out var received)) return null;
        var local = BindingAddress.TryParse(binding.Local, out _, out var ours) ? ours : null;
        var flow = new FlowId(binding.Flow ?? 0);
        // RFC 3327 §5.4: with a Path the next hop is its first element.
        var hop = binding.Path is { } path && NameAddress.TryParse(NameAddressList.Split(path).First(), out var first) ? first.Uri : contact;
        var hopTransport = TransportOf(hop, transport);
        var isWebSocket = transport is TransportKind.Ws or TransportKind.Wss; // a browser cannot be called any other way (RFC 7118 §5)
        if (isWebSocket || EndPointOf(hop, hopTransport) is not { } named || IsBehindNat(named.Address, received.Address))
            return new SipTarget(transport, received) { Flow = flow, FlowOnly = transport.IsReliable(), Local = local };
        return hopTransport == transport
            ? new SipTarget(transport, named) { Flow = transport.IsReliable() ? flow : FlowId.None, Local = local }
            : new SipTarget(hopTransport, named);
    }

    /// <summary>A contact that names no transport is taken to mean the one it came by: phones on TCP often forget to say so.</summary>
    static TransportKind TransportOf(SipUri uri, TransportKind received)
    {
        if (uri.IsSecure) return TransportKind.Tls;
        return TransportKinds.TryParse(uri.Transport, out var named) ? named : received;
    }

    /// <summary>Only literal addresses: a name in a phone's contact is mostly its own invention.</summary>
    static IPEndPoint? EndPointOf(SipUri uri, TransportKind transport) =>
        IPAddress.TryParse(uri.Host, out var address) ? new IPEndPoint(address, uri.Port ?? transport.DefaultPort()) : null;

    static bool IsBehindNat(IPAddress named, IPAddress received)
    {
        if (named.Equals(received) || IPAddress.IsLoopback(named) && IPAddress.IsLoopback(received)) return false;
        return IsPrivate(named);
    }

    static bool IsPrivate(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal
        || PrivateNetworks.Contain(address);
}
