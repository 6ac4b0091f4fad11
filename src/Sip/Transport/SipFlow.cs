using System.Net;

namespace TeleCube.Sip.Transport;

/// <summary>The way on which a message came: our address, as bound and as advertised, and the peer's.</summary>
public sealed record SipFlow(
    FlowId Id, TransportKind Transport, IPEndPoint Local, string AdvertisedHost, int AdvertisedPort, IPEndPoint Remote)
{
    public override string ToString() => $"{Transport.Name()} {Local} < {Remote}";
}
