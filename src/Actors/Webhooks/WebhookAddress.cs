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

    public const string PrivateRefused = "is a private address, which the operator does not allow (telecube.webhooks.allow-private)";

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && new Uri(text).UserInfo.Length == 0;

    /// <summary>True for addresses that are not the public Internet's.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return PrivateNetworks.Contain(address);
    }

    /// <summary>An address may hold a token of its own: logs name its host only.</summary>
    public static string HostOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host : "";

    /// <summary>As whoever may not change an address sees it: without its path, which may hold a token.</summary>
    public static string Masked(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.GetLeftPart(UriPartial.Authority) + (parsed.PathAndQuery is "/" ? "/" : "/…") : "…";

    /// <summary>Seen without asking the DNS: an address in figures, or this machine. Names are looked at when they are connected to.</summary>
    public static bool IsPlainlyPrivate(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed)) return false;
        var host = parsed.DnsSafeHost.TrimEnd('.'); // the root that ends a whole name
        return parsed.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            ? IsPrivate(IPAddress.Parse(host))
            : host is "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal);
    }

    /// <summary>Throws for what may not be connected to; <see cref="HttpRequestException"/>, as any failed connection does.</summary>
    internal static async Task<Socket> Connect(IPAddress[] addresses, DnsEndPoint to, bool allowPrivate, CancellationToken stop)
    {
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
