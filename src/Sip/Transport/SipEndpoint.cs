using System.Net;

namespace TeleCube.Sip.Transport;

/// <summary>A listening address: where it is bound and what others are told (behind NAT, on a service address).</summary>
public sealed record SipEndpoint(TransportKind Transport, IPEndPoint Bind, string AdvertisedHost, int AdvertisedPort)
{
    public SipEndpoint(TransportKind transport, IPEndPoint bind)
        : this(transport, bind, HostOf(bind.Address), bind.Port)
    {
    }

    public SipEndpoint BoundTo(IPEndPoint bound) =>
        this with { Bind = bound, AdvertisedPort = AdvertisedPort == 0 ? bound.Port : AdvertisedPort };

    static string HostOf(IPAddress address) => new IPAddress(address.GetAddressBytes()).ToString(); // without a scope id
}
