using TeleCube.Actors.Sms;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>The SMS gateway that the configuration names.</summary>
static class SmsGateways
{
    static readonly TimeSpan _connectionLifetime = TimeSpan.FromMinutes(5); // so that a changed DNS entry is noticed

    /// <summary>Without an address there is none, and messages stand in the log as failed.</summary>
    public static ISmsGateway Open(SmsSettings sms, HttpClient http) =>
        sms.GatewayUrl is { } url ? new JsonSmsGateway(http, new Uri(url), SecretOf(sms), sms.Timeout) : new NoSmsGateway();

    /// <summary>The gateway's own time-out counts, not the client's.</summary>
    public static HttpClient Client() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = _connectionLifetime, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    static string? SecretOf(SmsSettings sms)
    {
        if (sms.SecretFile is not { } path) return sms.Secret;
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } secret
                ? secret
                : throw new StartException($"telecube.sms.secret-file: {path} is empty; put the gateway's secret into it.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"telecube.sms.secret-file: {path} can't be read ({problem.Message}); name another file, or leave it out.", problem);
        }
    }
}
