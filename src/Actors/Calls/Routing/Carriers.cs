using System.Net;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>
/// <see cref="ICarriers"/> over the platform's trunks and their actors' states. A call to another tenant goes to ourselves.
/// </summary>
public sealed class Carriers(IPlatform platform, ITrunks trunks, Func<SipEndpoint> ourselves) : ICarriers
{
    public Carrier? Find(string trunkId)
    {
        if (trunkId == OnNet.TrunkId)
        {
            var own = ourselves();
            var address = own.Bind.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : own.Bind.Address;
            return new Carrier(OnNet.Trunk, new SipTarget(own.Transport, new IPEndPoint(address, own.Bind.Port)));
        }

        var id = new TrunkId(trunkId);
        return platform.Current.Trunks.TryGetValue(id, out var trunk) && trunks.Find(id)?.Target is { } target ? new Carrier(trunk, target) : null;
    }
}
