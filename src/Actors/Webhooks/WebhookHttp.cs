namespace TeleCube.Actors.Webhooks;

/// <summary>The HTTP client for addresses that tenants name: it follows no redirection, keeps nothing, and connects only where the operator allows.</summary>
public static class WebhookHttp
{
    static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(1); // so that a changed DNS entry is noticed

    /// <summary>Time-outs are the sender's own, not the client's.</summary>
    public static HttpClient Client(bool allowPrivate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false, // a proxy would connect where this program must not
        MaxConnectionsPerServer = 8,
        PooledConnectionLifetime = _connectionLifetime,
        ConnectCallback = async (context, stop) =>
            new System.Net.Sockets.NetworkStream(await WebhookAddress.Connect(context.DnsEndPoint, allowPrivate, stop).ConfigureAwait(false), ownsSocket: true),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
