using System.Net.Sockets;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>Why nothing can be sent to a carrier: we listen by no transport and address that it could answer to.</summary>
static class NoListener
{
    public static string For(SipTarget target)
    {
        var family = target.Remote.AddressFamily is AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
        return $"no listener of ours takes {target.Transport.ToString().ToUpperInvariant()} over {family}: add one to telecube.sip.listeners";
    }
}
