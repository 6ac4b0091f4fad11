using System.Net;
using System.Net.Sockets;

namespace TeleCube.Actors.Webhooks;

/// <summary>
/// The networks that are not the public Internet's, by the IANA special-purpose registries (RFC 6890 and what was added since), multicast, and what IPv6
/// has not given to anybody yet.
/// </summary>
static class PrivateNetworks
{
    static readonly IPNetwork[] _ipv4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network, RFC 791
        IPNetwork.Parse("10.0.0.0/8"), // private use, RFC 1918
        IPNetwork.Parse("100.64.0.0/10"), // shared by carriers, RFC 6598
        IPNetwork.Parse("127.0.0.0/8"), // this machine, RFC 1122
        IPNetwork.Parse("169.254.0.0/16"), // link-local, RFC 3927
        IPNetwork.Parse("172.16.0.0/12"), // private use, RFC 1918
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments, RFC 6890
        IPNetwork.Parse("192.0.2.0/24"), // documentation, RFC 5737
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays, RFC 7526
        IPNetwork.Parse("192.168.0.0/16"), // private use, RFC 1918
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks, RFC 2544
        IPNetwork.Parse("198.51.100.0/24"), // documentation, RFC 5737
        IPNetwork.Parse("203.0.113.0/24"), // documentation, RFC 5737
        IPNetwork.Parse("224.0.0.0/4"), // multicast, RFC 5771
        IPNetwork.Parse("240.0.0.0/4"), // reserved, RFC 1112, and broadcast
    ];

    /// <summary>Global unicast, RFC 4291 §2.4: loopback, link-local, site-local, unique local, multicast, IPv4-compatible and all that is not assigned lie outside.</summary>
    static readonly IPNetwork _unicast = IPNetwork.Parse("2000::/3");

    /// <summary>Of global unicast what is not global all the same.</summary>
    static readonly IPNetwork[] _ipv6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, RFC 2928: Teredo, benchmarks, ORCHID, DRIP
        IPNetwork.Parse("2001:db8::/32"), // documentation, RFC 3849
        IPNetwork.Parse("2002::/16"), // 6to4, RFC 3056: may lead to any address of IPv4
        IPNetwork.Parse("3fff::/20"), // documentation, RFC 9637
    ];

    /// <summary>NAT64, RFC 6052 §2.1: an address of IPv4 in its last four bytes. A network of one's own for that, 64:ff9b:1::/48 (RFC 8215), is private.</summary>
    static readonly IPNetwork _nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>An address of IPv4 in IPv6's clothes counts as what it is.</summary>
    public static bool Contain(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork) return Array.Exists(_ipv4, network => network.Contains(address));
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return true;
        if (address.IsIPv4MappedToIPv6) return Contain(address.MapToIPv4());
        var plain = new IPAddress(address.GetAddressBytes()); // without its zone
        return _nat64.Contains(plain) ? Contain(Embedded(plain)) : !_unicast.Contains(plain) || Array.Exists(_ipv6, network => network.Contains(plain));
    }

    static IPAddress Embedded(IPAddress address) => new(address.GetAddressBytes().AsSpan(12));
}
