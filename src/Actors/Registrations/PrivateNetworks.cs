using System.Net;

namespace TeleCube.Actors.Registrations;

/// <summary>Addresses that mean nothing outside their own network: RFC 1918, RFC 6598, RFC 3927 and 0.0.0.0.</summary>
static class PrivateNetworks
{
    static readonly IPNetwork[] _all =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("0.0.0.0/8"),
    ];

    public static bool Contain(IPAddress address) => Array.Exists(_all, network => network.Contains(address));
}
