using System.Net;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// Where a carrier wants the requests of a dialog (RFC 3261 §12.2.1.1, RFC 3263 §4): it may name another host, port or transport than the INVITE's.
/// Nothing here waits: a name of which no address is known yet leads to where the carrier is known to be.
/// </summary>
sealed class NextHops(IReadOnlyList<SipEndpoint> endpoints, HostCache? hosts)
{
    public SipTarget Of(Dialog dialog, SipTarget known)
    {
        var next = dialog.NextHop;
        var host = HostOf(next);
        if (TransportOf(next, known) is not { } transport) return known;
        if (transport == known.Transport && IPAddress.TryParse(next.Host, out _) && next.Parameter("maddr") is null) return CallSip.TargetOf(dialog, known);
        if (AddressOf(host, known) is not { } address) return known;
        if (CallSip.IsBehindNat(address, known)) return known;

        var remote = new IPEndPoint(address, next.Port ?? transport.DefaultPort());
        var name = transport.IsSecure() ? host : null;
        if (transport != known.Transport) return new SipTarget(transport, remote) { ServerName = name };
        // A connection to another host leads to another host.
        var flow = transport.IsReliable() && address.Equals(known.Remote.Address) ? known.Flow : FlowId.None;
        return known with { Remote = remote, Flow = flow, ServerName = name ?? known.ServerName };
    }

    /// <summary>Asks for the address of a name that will be needed.</summary>
    public void Expect(Dialog dialog) => hosts?.Recall(HostOf(dialog.NextHop));

    static string HostOf(SipUri uri) => (uri.Parameter("maddr") is { Length: > 0 } named ? named : uri.Host).Trim('[', ']');

    /// <summary>Of several addresses the one that is in use already; never one of the other family, where the media would not be.</summary>
    IPAddress? AddressOf(string host, SipTarget known)
    {
        if (IPAddress.TryParse(host, out var numeric)) return numeric;
        var found = hosts?.Recall(host) ?? [];
        return found.FirstOrDefault(known.Remote.Address.Equals) ?? found.FirstOrDefault(address => address.AddressFamily == known.Remote.AddressFamily);
    }

    /// <summary>As the URI says, where we have one of that kind; what is secure stays so. Null: nothing that we could follow.</summary>
    TransportKind? TransportOf(SipUri next, SipTarget known)
    {
        var asked = known.Transport;
        if (next.Transport is { } named && !TransportKinds.TryParse(named, out asked)) return null;
        if (next.IsSecure) asked = TransportKind.Tls; // RFC 3261 §26.2.2: sips over tcp is TLS
        if (asked == known.Transport) return asked;
        if (asked is TransportKind.Ws or TransportKind.Wss || (known.Transport.IsSecure() && !asked.IsSecure())) return null;
        return endpoints.Any(endpoint => endpoint.Transport == asked) ? asked : null;
    }
}
