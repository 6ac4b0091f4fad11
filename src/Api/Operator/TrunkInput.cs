using TeleCube.Actors.Trunks;
using TeleCube.Api.Http;

namespace TeleCube.Api.Operator;

/// <summary>A trunk: where it is, how both sides know each other, and which calls it takes.</summary>
public record TrunkInput
{
    const int MaxText = 200;
    const int DefaultPort = 5060;
    const int MaxPort = 65535;
    const int MaxChannels = 100_000;
    const int DefaultPingSeconds = 30;
    const int MaxPingSeconds = 3600;

    public string? Name { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    public TrunkTransport? Transport { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Without it, the carrier knows us by our address.</summary>
    public TrunkRegistrationInput? Registration { get; init; }

    /// <summary>For the carrier's 401 and 407; without it, the registration's.</summary>
    public TrunkCredentialsInput? Outbound { get; init; }

    /// <summary>What we ask the carrier for; without it, the address is trusted.</summary>
    public TrunkCredentialsInput? Inbound { get; init; }

    /// <summary>Addresses or networks; without them, the host's own address.</summary>
    public IReadOnlyList<string>? AllowedSources { get; init; }

    public TrunkNumberFormat? NumbersOut { get; init; }

    public TrunkInboundNumbers? NumbersIn { get; init; }

    public CallerIdInput? CallerId { get; init; }

    public int? ChannelLimit { get; init; }

    public TrunkRoutingInput? Routing { get; init; }

    /// <summary>0 sends no OPTIONS and takes the trunk for healthy.</summary>
    public int? PingSeconds { get; init; }

    string HostName(Faults faults)
    {
        var host = faults.Required("host", Host, MaxText);
        if (host.Length > 0 && Uri.CheckHostName(host) is UriHostNameType.Unknown)
            faults.Add("host", "is neither a host name nor an address; the port stands in 'port'");
        return host;
    }

    internal TrunkConfig ToTrunk(TrunkId id, TrunkConfig? old, Faults faults)
    {
        var sources = AllowedSources ?? [];
        foreach (var wrong in sources.Where(source => !TrunkSources.TryParse(source, out _)))
            faults.Add("allowedSources", $"'{wrong}' is no address or network");
        var plain = new TrunkConfig(id, HostName(faults));
        var ping = faults.Within("pingSeconds", PingSeconds, 0, MaxPingSeconds, DefaultPingSeconds);
        return plain with
        {
            Name = faults.Optional("name", Name, MaxText),
            Port = faults.Within("port", Port, 1, MaxPort, DefaultPort),
            Transport = Transport ?? plain.Transport,
            Enabled = Enabled,
            Registration = Registration?.ToRegistration(old?.Registration, faults),
            Outbound = Outbound?.ToCredentials("outbound", old?.Outbound, faults),
            Inbound = Inbound?.ToCredentials("inbound", old?.Inbound, faults),
            AllowedSources = [.. sources],
            NumbersOut = NumbersOut ?? plain.NumbersOut,
            NumbersIn = NumbersIn ?? plain.NumbersIn,
            CallerId = CallerId?.ToPolicy() ?? plain.CallerId,
            ChannelLimit = faults.Within("channelLimit", ChannelLimit, 1, MaxChannels, plain.ChannelLimit),
            Routing = Routing?.ToRouting(faults) ?? plain.Routing,
            PingEvery = ping == 0 ? null : TimeSpan.FromSeconds(ping),
        };
    }
}

/// <summary>A new trunk and its id.</summary>
public sealed record NewTrunkInput : TrunkInput
{
    public string? Id { get; init; }
}
