using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Platform;

/// <summary>What cannot be right in a trunk's configuration.</summary>
static class TrunkFaults
{
    public static Rejection? Of(TrunkConfig trunk) => Fault(trunk) is { } field ? new Rejection(Refusals.InvalidValue, field) : null;

    static string? Fault(TrunkConfig trunk)
    {
        if (string.IsNullOrWhiteSpace(trunk.Host)) return "host";
        if (trunk.Port is < 1 or > 65535) return "port";
        if (trunk.ChannelLimit < 1) return "channelLimit";
        if (trunk.Routing.Weight < 1) return "routing.weight";
        if (trunk.PingEvery < TimeSpan.FromSeconds(1)) return "pingEvery";
        if (trunk.Registration is { } registration && registration.Expires < TimeSpan.FromSeconds(30)) return "registration.expires";
        if (trunk.AllowedSources.Any(source => !TrunkSources.TryParse(source, out _))) return "allowedSources";
        if (trunk.Routing.Prefixes.Any(prefix => prefix is "" || prefix.AsSpan().ContainsAnyExceptInRange('0', '9'))) return "routing.prefixes";
        return trunk.Routing.FailoverCodes.Any(code => code is < 300 or > 699) ? "routing.failoverCodes" : null;
    }
}
