using System.Net;
using System.Net.Sockets;

namespace TeleCube.Actors.Trunks;

/// <summary>From which addresses a carrier's requests may come.</summary>
public static class TrunkSources
{
    /// <summary>An address alone is a network of its own.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network)) return true;
        if (!IPAddress.TryParse(text, out var address)) return false;
        network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    /// <summary>
    /// True if the trunk's configuration names the address, as a source or as its host; host names are resolved by its actor.
    /// </summary>
    public static bool Allows(TrunkConfig trunk, IPAddress source)
    {
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        if (trunk.AllowedSources is []) return TryParse(trunk.Host, out var host) && host.Contains(address);
        return trunk.AllowedSources.Any(text => TryParse(text, out var network) && network.Contains(address));
    }
}
