using System.Net;

namespace TeleCube.Node.Options;

/// <summary><c>telecube.sip</c>: the signalling side towards phones and trunks.</summary>
public sealed record SipOptions
{
    public required IReadOnlyList<SipListenerOptions> Listeners { get; init; }

    public required string? Domain { get; init; }

    public required string ServerName { get; init; }

    public required SipTimersOptions Timers { get; init; }

    public required SipLimitsOptions Limits { get; init; }

    public required RegistrationOptions Registration { get; init; }

    public required AuthenticationOptions Authentication { get; init; }

    public required SessionTimerOptions SessionTimer { get; init; }

    public required BanOptions Ban { get; init; }

    public required SubscriptionSettings Subscription { get; init; }

    public required bool UnsolicitedMwi { get; init; }

    public required SipTlsOptions Tls { get; init; }
}

/// <summary>One address on which SIP is taken, and how others see it.</summary>
public sealed record SipListenerOptions
{
    public required SipListenerTransport Transport { get; init; }

    public required IPAddress Bind { get; init; }

    public required int Port { get; init; }

    /// <summary>The host (and port) that Via, Contact and Record-Route name, where it is not the bound one.</summary>
    public string? Advertise { get; init; }

    /// <summary>The advertised host and port; without 'advertise' the bound ones, port 0 meaning the one that will be bound.</summary>
    public (string Host, int Port) Advertised => Advertise switch
    {
        null => (Bind.ToString(), Port),
        _ when Uri.TryCreate($"sip://{Advertise}", UriKind.Absolute, out var given) => (given.Host.Trim('[', ']'), given.Port > 0 ? given.Port : Port),
        _ => (Advertise, Port),
    };
}

/// <summary>What a SIP listener speaks.</summary>
public enum SipListenerTransport
{
    Udp,
    Tcp,
    Tls,
}

/// <summary>RFC 3261 §17.1.1.1's base timers.</summary>
public sealed record SipTimersOptions
{
    public required TimeSpan T1 { get; init; }

    public required TimeSpan T2 { get; init; }

    public required TimeSpan T4 { get; init; }
}

/// <summary>What a peer may cost.</summary>
public sealed record SipLimitsOptions
{
    public required ByteSize MaxMessage { get; init; }

    public required int MaxConnections { get; init; }

    public required int MaxConnectionsPerSource { get; init; }

    public required ByteSize MaxPending { get; init; }

    public required int MaxTransactions { get; init; }

    public required int InboundQueue { get; init; }

    public required ByteSize UdpBuffer { get; init; }

    public required TimeSpan ConnectWithin { get; init; }

    public required TimeSpan HandshakeWithin { get; init; }

    public required TimeSpan MessageWithin { get; init; }

    public required TimeSpan IdleFor { get; init; }
}

/// <summary>How long phones register for.</summary>
public sealed record RegistrationOptions
{
    public required TimeSpan MinExpires { get; init; }

    public required TimeSpan DefaultExpires { get; init; }

    public required TimeSpan MaxExpires { get; init; }

    public required int MaxContacts { get; init; }
}

/// <summary>What phones may watch, and for how long (RFC 6665).</summary>
public sealed record SubscriptionSettings
{
    public required TimeSpan MinExpires { get; init; }

    public required TimeSpan MaxExpires { get; init; }

    public required int PerExtension { get; init; }

    public required int PerTenant { get; init; }
}

/// <summary>How phones prove who they are.</summary>
public sealed record AuthenticationOptions
{
    public required TimeSpan NonceLifetime { get; init; }

    public required IReadOnlyList<DigestAlgorithm> Algorithms { get; init; }
}

/// <summary>Digest algorithms, RFC 8760.</summary>
public enum DigestAlgorithm
{
    Sha256,
    Md5,
}

/// <summary>Session timers, RFC 4028.</summary>
public sealed record SessionTimerOptions
{
    public required TimeSpan Expires { get; init; }

    public required TimeSpan MinExpires { get; init; }
}

/// <summary>When a source that guesses passwords is shut out.</summary>
public sealed record BanOptions
{
    public required int Failures { get; init; }

    public required TimeSpan Window { get; init; }

    public required TimeSpan Duration { get; init; }

    public required IReadOnlyList<IPNetwork> Exempt { get; init; }
}

/// <summary>Our certificate with its key, and whom we believe when we connect; all PEM files.</summary>
public sealed record SipTlsOptions
{
    public required string? Certificate { get; init; }

    public required string? Key { get; init; }

    public required string? Trusted { get; init; }

    public required bool Verify { get; init; }
}

/// <summary>A certificate with its key, both PEM files.</summary>
public sealed record TlsFilesOptions
{
    public required string? Certificate { get; init; }

    public required string? Key { get; init; }
}
