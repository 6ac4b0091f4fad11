using System.Collections.Immutable;

namespace TeleCube.Actors.Trunks;

/// <summary>A SIP trunk to a carrier, as the operator set it up.</summary>
public sealed record TrunkConfig(TrunkId Id, string Host)
{
    public string Name { get; init; } = "";

    public int Port { get; init; } = 5060;

    public TrunkTransport Transport { get; init; } = TrunkTransport.Udp;

    public bool Enabled { get; init; } = true;

    /// <summary>Null: the carrier knows us by our address, we know it by <see cref="AllowedSources"/>.</summary>
    public TrunkRegistration? Registration { get; init; }

    /// <summary>For the carrier's 401 and 407 to our calls; null takes the registration's.</summary>
    public TrunkCredentials? Outbound { get; init; }

    /// <summary>What we ask the carrier for when it calls; null trusts the address.</summary>
    public TrunkCredentials? Inbound { get; init; }

    /// <summary>Addresses (CIDR) from which this carrier's calls come; the host's own address when empty.</summary>
    public ImmutableArray<string> AllowedSources { get; init; } = [];

    public TrunkNumberFormat NumbersOut { get; init; } = TrunkNumberFormat.E164Plus;

    public TrunkInboundNumbers NumbersIn { get; init; } = TrunkInboundNumbers.Polish;

    public CallerIdPolicy CallerId { get; init; } = new();

    public int ChannelLimit { get; init; } = 30;

    public TrunkRouting Routing { get; init; } = new();

    /// <summary>Asks by OPTIONS whether the carrier is there. Null, the default, asks nothing: some carriers do not answer.</summary>
    public TimeSpan? PingEvery { get; init; }

    public long Version { get; init; }

    public TrunkCredentials? CredentialsOut =>
        Outbound ?? (Registration is { } registration ? new TrunkCredentials(registration.User, registration.Password) : null);

    /// <summary>Never the passwords.</summary>
    public override string ToString() => $"TrunkConfig({Id} {Transport} {Host}:{Port})";
}

/// <summary>By what SIP goes to a carrier.</summary>
public enum TrunkTransport { Udp, Tcp, Tls }

/// <summary>Which calls leave by a trunk, in which order it is tried, and which answers mean: try the next one.</summary>
public sealed record TrunkRouting
{
    /// <summary>First digits of E.164 numbers without the plus; empty takes all.</summary>
    public ImmutableArray<string> Prefixes { get; init; } = [];

    /// <summary>Lower ones are tried first.</summary>
    public int Priority { get; init; } = 10;

    /// <summary>Share among trunks of equal priority.</summary>
    public int Weight { get; init; } = 1;

    public bool CarriesShortNumbers { get; init; } = true;

    public bool CarriesEmergency { get; init; } = true;

    /// <summary>Final responses after which the call is tried by the next trunk, besides silence and a broken transport.</summary>
    public ImmutableArray<int> FailoverCodes { get; init; } = [408, 500, 502, 503, 504];
}
