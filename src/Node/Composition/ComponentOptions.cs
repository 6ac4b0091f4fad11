using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TeleCube.Actors.Calls.Media;
using TeleCube.Media;
using TeleCube.Media.Conversion;
using TeleCube.Node.Options;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Storage;

namespace TeleCube.Node.Composition;

/// <summary>The configuration as each component wants it.</summary>
public static class ComponentOptions
{
    const int LegsOfCall = 2;

    public static StoreOptions ForStore(this TeleCubeOptions options)
    {
        var storage = options.Storage;
        return new()
        {
            Provider = storage.Provider == StorageProvider.Sqlite ? StoreProvider.Sqlite : StoreProvider.PostgreSql,
            Path = Path.Combine(options.Node.DataDirectory, storage.Path),
            ConnectionString = storage.ConnectionString ?? "",
            NodeId = options.Node.Id,
            Endpoints = options.Endpoints(),
            GroupSize = storage.Group.Size,
            GroupInterval = storage.Group.Interval,
            QueueLimit = storage.Group.QueueLimit,
            LeaseTtl = storage.Lease.Ttl,
            LeaseRenewal = storage.Lease.Renewal,
            OriginateMargin = storage.Lease.OriginateMargin,
            StatementTimeout = storage.StatementTimeout,
            ProbeInterval = storage.ProbeInterval,
            ReadConnections = storage.ReadConnections,
            DirectoryCacheFor = storage.DirectoryCache.KeepFor,
            DirectoryCacheEntries = storage.DirectoryCache.Entries,
            CallPartitionsAhead = storage.CallPartitionsAhead,
            MaxFileBytes = storage.MaxFile.Bytes,
        };
    }

    /// <summary>Where announcements and other audio lie.</summary>
    public static string ForBlobs(this TeleCubeOptions options) => Path.Combine(options.Node.DataDirectory, options.Storage.Blobs);

    public static SocketTransportOptions ForTransport(this SipOptions sip) => new()
    {
        Endpoints = [.. sip.Listeners.Select(ToEndpoint)],
        Tls = sip.Tls.ForTransport(),
        UdpBufferBytes = (int)sip.Limits.UdpBuffer.Bytes,
        MaxConnections = sip.Limits.MaxConnections,
        MaxConnectionsPerSource = sip.Limits.MaxConnectionsPerSource,
        ConnectWithin = sip.Limits.ConnectWithin,
        HandshakeWithin = sip.Limits.HandshakeWithin,
        MessageWithin = sip.Limits.MessageWithin,
        IdleFor = sip.Limits.IdleFor,
        MaxPendingBytes = (int)sip.Limits.MaxPending.Bytes,
        Limits = new(
            HeadBytes: (int)Math.Min(SipFramerLimits.Default.HeadBytes, sip.Limits.MaxMessage.Bytes),
            MessageBytes: (int)sip.Limits.MaxMessage.Bytes),
    };

    static TlsOptions? ForTransport(this SipTlsOptions tls) => tls is not { Certificate: { } certificate, Key: { } key } ? null
        : new TlsOptions(LoadCertificate("sip.tls", certificate, key))
        {
            TrustedRoots = tls.Trusted is { } trusted ? LoadAuthorities("sip.tls.trusted", trusted) : [],
            VerifyServers = tls.Verify,
        };

    /// <summary>What isn't configured (keys, exemptions) is added by whoever makes the stack.</summary>
    public static SipStackOptions ForStack(this TeleCubeOptions options) => new()
    {
        Timers = new(options.Sip.Timers.T1, options.Sip.Timers.T2, options.Sip.Timers.T4),
        MaxMessageBytes = (int)options.Sip.Limits.MaxMessage.Bytes,
        MaxServerTransactions = options.Sip.Limits.MaxTransactions,
        InboundCapacity = options.Sip.Limits.InboundQueue,
        MaxUnansweredInvites = options.Limits.MaxUnanswered,
        RetryAfter = options.Limits.RetryAfter,
    };

    public static MediaEngineOptions ForEngine(this MediaSettings media) => new()
    {
        Loops = media.Loops,
        RelatchAfter = media.RelatchAfter,
        LatchProbation = media.LatchProbation,
        StrangerAfter = media.StrangerAfter,
        RtcpInterval = media.RtcpInterval,
        AudioCacheBytes = media.AudioCache.Bytes,
    };

    public static ConversionLimits ForUploads(this MediaSettings media) => new()
    {
        MaxBytes = media.Upload.MaxSize.Bytes,
        MaxLength = media.Upload.MaxLength,
        DecodeWithin = media.Upload.DecodeWithin,
    };

    /// <summary>One address, or one of each family.</summary>
    public static IReadOnlyList<MediaAddress> Addresses(this MediaSettings media) =>
    [
        new(media.Bind, media.Advertise ?? media.Bind),
        .. media.BindIpv6 is { } bind ? [new MediaAddress(bind, media.AdvertiseIpv6 ?? bind)] : Array.Empty<MediaAddress>(),
    ];

    public static MediaPortOptions ForPorts(this MediaSettings media) => new(media.Ports.First, media.Ports.Last)
    {
        Quarantine = media.PortRest,
        KeptForEmergency = media.EmergencyCalls * LegsOfCall,
    };

    /// <summary>A PEM certificate with its key; says which setting is wrong if they can't be used.</summary>
    public static X509Certificate2 LoadCertificate(string setting, string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException(
                $"telecube.{setting}: {certificate} with {key} can't be used: {problem.Message}; name a certificate and its key without a pass phrase, two PEM files that this user may read", problem)
            {
                Setting = $"{setting}.certificate",
            };
        }
    }

    static X509Certificate2Collection LoadAuthorities(string setting, string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Fault(problem.Message, problem);
        }

        return authorities.Count > 0 ? authorities : throw Fault("it holds no certificate", null);

        StartException Fault(string why, Exception? problem) => new(
            $"telecube.{setting}: {file} can't be used: {why}; name a PEM file with the authorities' certificates that this user may read, or leave it out", problem)
        {
            Setting = setting,
        };
    }

    static SipEndpoint ToEndpoint(SipListenerOptions listener)
    {
        var (host, port) = listener.Advertised;
        return new(ToKind(listener.Transport), new IPEndPoint(listener.Bind, listener.Port), host, port);
    }

    static TransportKind ToKind(SipListenerTransport transport) => transport switch
    {
        SipListenerTransport.Udp => TransportKind.Udp,
        SipListenerTransport.Tcp => TransportKind.Tcp,
        _ => TransportKind.Tls,
    };

    static IReadOnlyList<NodeEndpoint> Endpoints(this TeleCubeOptions options) =>
    [
        .. options.Sip.Listeners.Select(listener => new NodeEndpoint(
            "sip", OptionKeys.Kebab($"{listener.Transport}"), $"{new IPEndPoint(listener.Bind, listener.Port)}",
            $"{listener.Advertised.Host}:{listener.Advertised.Port}", "public")),
        new("api", "tcp", $"{new IPEndPoint(options.Api.Bind, options.Api.Port)}", $"{new IPEndPoint(options.Api.Bind, options.Api.Port)}", "internal"),
    ];
}
