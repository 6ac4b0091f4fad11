using System.Net;

namespace TeleCube.Sip.Sdp;

/// <summary>nettype addrtype connection-address (RFC 8866 §5.7); a multicast TTL stays part of the address.</summary>
public sealed record SdpConnection(string NetType, string AddressType, string Address)
{
    /// <summary>A numeric address of either kind, or a host name.</summary>
    public static SdpConnection To(string address) => new("IN", address.Contains(':') ? "IP6" : "IP4", address);

    /// <summary>0.0.0.0 or ::, which RFC 2543 phones hold a call with (RFC 3264 §8.4).</summary>
    public bool IsUnspecified =>
        IPAddress.TryParse(Address, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    internal static SdpConnection? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 ? new(words[0], words[1], words[2]) : null;
    }

    // IN IP4 224.2.36.42/127
    public override string ToString() => $"{NetType} {AddressType} {Address}";
}
