using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TeleCube.Sip.Transport;

/// <summary>
/// The flows of one UDP socket by source address; a bounded cache, since a flow's id is computed and can be computed again.
/// </summary>
sealed class UdpFlows(SipEndpoint endpoint)
{
    const int Most = 16_384;

    readonly Dictionary<SocketAddress, SipFlow> _known = [];
    readonly IPEndPoint _any = new(endpoint.Bind.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);

    public SipFlow Of(SocketAddress source)
    {
        if (_known.TryGetValue(source, out var flow)) return flow;
        if (_known.Count >= Most) _known.Clear(); // sources can be forged; the honest ones come back at once

        var remote = (IPEndPoint)_any.Create(source);
        flow = new SipFlow(IdOf(endpoint.Bind, remote), TransportKind.Udp, endpoint.Bind, endpoint.AdvertisedHost, endpoint.AdvertisedPort, remote);
        var copy = new SocketAddress(source.Family, source.Size);
        source.Buffer.Span[..source.Size].CopyTo(copy.Buffer.Span);
        _known.Add(copy, flow);
        return flow;
    }

    /// <summary>The same pair of addresses has the same id on every node and after every restart.</summary>
    public static FlowId IdOf(IPEndPoint local, IPEndPoint remote)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{local}|{remote}"), hash);
        return new(BitConverter.ToInt64(hash) | long.MinValue);
    }
}
