using System.Net;
using System.Net.Sockets;

namespace TeleCube.Actors.Webhooks;

/// <summary>
/// Which addresses the exchange posts to on a tenant's word. Those of its own networks would let a tenant reach what only the exchange should
/// (<c>telecube.webhooks.allow-private</c>).
/// </summary>
public static class WebhookAddress
{
    public const int MaxLength = 500;

    public const string Form = "must be an http or https address without a user's name, at most 500 characters";

    static readonly IPNetwork[] _private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/3"), // multicast, reserved, broadcast
        IPNetwork.Parse("::/127"), IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
    ];

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && new Uri(text).UserInfo.Length == 0;

    /// <summary>True for addresses that are not the public Internet's; one of IPv4 in IPv6's clothes counts as what it is.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_private, network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>Seen without asking the DNS: an address in figures, or this machine. Names are looked at when they are connected to.</summary>
    public static bool IsPlainlyPrivate(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed)) return false;
        return parsed.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            ? IsPrivate(IPAddress.Parse(parsed.DnsSafeHost))
            : parsed.DnsSafeHost is "localhost" || parsed.DnsSafeHost.EndsWith(".localhost", StringComparison.Ordinal);
    }

    /// <summary>Throws for what may not be connected to; <see cref="HttpRequestException"/>, as any failed connection does.</summary>
    internal static async Task<Socket> Connect(DnsEndPoint to, bool allowPrivate, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, stop).ConfigureAwait(false);
        // One name may stand for both kinds: which of them is connected to must not be the name's choice.
        if (!allowPrivate && Array.Find(addresses, IsPrivate) is { } inside) throw new PrivateAddressException(to.Host, inside);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, stop).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
