using System.Diagnostics.CodeAnalysis;
using System.Net;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Registrations;

/// <summary>A transport address as registrations keep it: <c>udp:192.0.2.7:5060</c>.</summary>
static class BindingAddress
{
    public static string Text(TransportKind transport, IPEndPoint address) => $"{transport.Name().ToLowerInvariant()}:{address}";

    public static bool TryParse([NotNullWhen(true)] string? text, out TransportKind transport, [NotNullWhen(true)] out IPEndPoint? address)
    {
        (transport, address) = (default, null);
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && TransportKinds.TryParse(text![..colon], out transport) && IPEndPoint.TryParse(text[(colon + 1)..], out address);
    }
}
