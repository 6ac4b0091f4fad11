using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Transport;

/// <summary>What <see cref="SocketTransport"/> listens on and how long it bears with its peers.</summary>
public sealed record SocketTransportOptions
{
    public required IReadOnlyList<SipEndpoint> Endpoints { get; init; }

    /// <summary>Needed as soon as an endpoint or a target is TLS.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Holds some seconds of traffic while the process is busy; the kernel caps it at net.core.rmem_max.</summary>
    public int UdpBufferBytes { get; init; } = 8 * 1024 * 1024;

    public int MaxConnections { get; init; } = 20_000;

    /// <summary>An office behind one address has many phones; a flood has more.</summary>
    public int MaxConnectionsPerSource { get; init; } = 500;

    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan HandshakeWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the first byte of a message to its last; a slower peer is cut off.</summary>
    public TimeSpan MessageWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection on which nothing came for so long is closed; phones send keep-alives every two minutes (RFC 5626 §4.4.1).
    /// </summary>
    public TimeSpan IdleFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What one message of a stream may be.</summary>
    public SipFramerLimits Limits { get; init; } = SipFramerLimits.Default;

    /// <summary>What may wait for a peer that doesn't read.</summary>
    public int MaxPendingBytes { get; init; } = 1024 * 1024;
}
