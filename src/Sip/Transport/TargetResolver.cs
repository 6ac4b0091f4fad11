using System.Net;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Transport;

/// <summary>
/// From a URI to addresses, RFC 3263 as far as it goes without NAPTR and SRV: numeric hosts at once, names by A and AAAA.
/// </summary>
public sealed class TargetResolver(HostCache hosts)
{
    /// <summary>
    /// Where a request goes first (RFC 3261 §8.1.2): to its topmost route, else to its Request-URI. An outbound proxy is a route.
    /// </summary>
    public static SipUri NextHopOf(SipRequest request) => request.Routes is [var first, ..] ? first.Uri : request.Uri;

    /// <summary>Without waiting: a numeric host, or a name that was looked up lately.</summary>
    public bool TryResolve(SipUri uri, out TargetResolution resolution)
    {
        resolution = default;
        if (!TryChooseTransport(uri, out var transport))
        {
            resolution = TargetResolution.Failed("unsupported-transport");
            return true;
        }
        var host = HostOf(uri);
        if (IPAddress.TryParse(host, out var numeric)) resolution = Targets(uri, transport, [numeric]);
        else if (hosts.TryGet(host, out var known)) resolution = Targets(uri, transport, known);
        else return false;
        return true;
    }

    public async ValueTask<TargetResolution> Resolve(SipUri uri, CancellationToken stop)
    {
        if (TryResolve(uri, out var resolution)) return resolution;
        TryChooseTransport(uri, out var transport);
        return Targets(uri, transport, await hosts.Get(HostOf(uri), stop).ConfigureAwait(false));
    }

    static TargetResolution Targets(SipUri uri, TransportKind transport, IReadOnlyList<IPAddress> addresses)
    {
        if (addresses.Count == 0) return TargetResolution.Failed("unknown-host");
        var port = uri.Port ?? transport.DefaultPort();
        var serverName = transport.IsSecure() ? uri.Host : null;
        return new([.. addresses.Select(address => new SipTarget(transport, new IPEndPoint(address, port)) { ServerName = serverName })], null);
    }

    // RFC 3263 §4.1 without NAPTR: the parameter decides, else UDP, and TLS for sips. TLS over UDP (DTLS) is not SIP's.
    static bool TryChooseTransport(SipUri uri, out TransportKind transport)
    {
        transport = uri.IsSecure ? TransportKind.Tls : TransportKind.Udp;
        if (!uri.IsSip) return false;
        if (uri.Transport is not { } named) return true;
        if (!TransportKinds.TryParse(named, out var asked)) return false;
        transport = (asked, uri.IsSecure) switch
        {
            (TransportKind.Tcp, true) => TransportKind.Tls, // RFC 3261 §26.2.2: sips over tcp is TLS
            (TransportKind.Ws, true) => TransportKind.Wss,
            _ => asked,
        };
        return !(uri.IsSecure && transport == TransportKind.Udp);
    }

    static string HostOf(SipUri uri) => uri.Parameter("maddr") is { Length: > 0 } named ? named : uri.Host;
}

/// <summary>The targets of a URI in the order in which to try them, or why there are none.</summary>
public readonly record struct TargetResolution(IReadOnlyList<SipTarget> Targets, string? Failure)
{
    public static TargetResolution Failed(string code) => new([], code);
}
