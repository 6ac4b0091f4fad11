using System.Net.Sockets;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Webhooks;

/// <summary>
/// An HTTP client for addresses that tenants name: it follows no redirection, keeps nothing, and connects only where the operator allows. How much goes on at the
/// same time is its user's to bound, for each company: a bound on a server's connections would be shared by all companies that use it.
/// </summary>
public static class WebhookHttp
{
    const int MostHeaders = 16; // kB
    const int MostDrained = 16 * 1024; // bytes of an answer that nobody wants, so that its connection can be used again

    /// <summary>On whose behalf a request is made.</summary>
    static readonly HttpRequestOptionsKey<string> _company = new("company");

    static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(1); // so that a changed DNS entry is noticed
    static readonly TimeSpan _idle = TimeSpan.FromSeconds(20);
    static readonly TimeSpan _connecting = TimeSpan.FromSeconds(10);

    public static HttpClient Client(bool allowPrivate) => Client(allowPrivate, HostNames.OfSystem());

    public static HttpRequestMessage Post(TenantId company, Uri url, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Options.Set(_company, company.Value);
        return request;
    }

    /// <summary>Time-outs are the sender's own, not the client's.</summary>
    internal static HttpClient Client(bool allowPrivate, HostNames names) => new(new SocketsHttpHandler
    {
        ConnectTimeout = _connecting, // an attempt may outlive the request for which it was begun
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false, // a proxy would connect where this program must not
        PooledConnectionLifetime = _connectionLifetime,
        PooledConnectionIdleTimeout = _idle,
        MaxResponseHeadersLength = MostHeaders,
        MaxResponseDrainSize = MostDrained,
        ConnectCallback = async (context, stop) =>
        {
            var company = context.InitialRequestMessage.Options.TryGetValue(_company, out var known) ? known : "";
            var addresses = await names.Find(company, context.DnsEndPoint.Host, stop).ConfigureAwait(false);
            return new NetworkStream(await WebhookAddress.Connect(addresses, context.DnsEndPoint, allowPrivate, stop).ConfigureAwait(false), ownsSocket: true);
        },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
