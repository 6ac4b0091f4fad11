using System.Net;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>
/// <see cref="ICarriers"/> over the platform's trunks and their actors' states. A call to another tenant goes to ourselves.
/// </summary>
public sealed class Carriers(IPlatform platform, ITrunks trunks, Func<IReadOnlyList<SipEndpoint>> ourselves) : ICarriers
{
    public Carrier? Find(string trunkId)
    {
        if (trunkId == OnNet.TrunkId) return new Carrier(OnNet.Trunk, ToOurselves(ourselves()));
        var id = new TrunkId(trunkId);
        return platform.Current.Trunks.TryGetValue(id, out var trunk) && trunks.Find(id)?.Target is { } target ? new Carrier(trunk, target) : null;
    }

    /// <summary>By a listener that needs no certificate, if there is one; a secure one has a certificate of the name that it is known by, not of its address.</summary>
    public static SipTarget ToOurselves(IReadOnlyList<SipEndpoint> endpoints)
    {
        var own = endpoints.OrderBy(endpoint => endpoint.Transport switch { TransportKind.Udp => 0, TransportKind.Tcp => 1, TransportKind.Tls => 2, _ => 3 }).First();
        var address = own.Bind.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : own.Bind.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : own.Bind.Address;
        return new SipTarget(own.Transport, new IPEndPoint(address, own.Bind.Port)) { ServerName = own.Transport.IsSecure() ? own.AdvertisedHost : null };
    }
}
