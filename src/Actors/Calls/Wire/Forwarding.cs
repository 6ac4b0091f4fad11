using System.Globalization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Headers;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>What a forwarded call says of its way: Diversion (RFC 5806), which carriers read, and History-Info (RFC 7044), which replaced it.</summary>
static class Forwarding
{
    public static IEnumerable<(string Name, string Value)> Headers(string by, string host, SipUri target, CallerId caller)
    {
        yield return ("Diversion",
            string.Create(CultureInfo.InvariantCulture, $"<sip:{by}@{host}>;reason={caller.DiversionReason ?? "unknown"};counter={caller.Hops}"));
        yield return ("History-Info", $"<sip:{by}@{host}>;index=1");
        yield return ("History-Info",
            string.Create(CultureInfo.InvariantCulture, $"<{target.WithParameter("cause", $"{Cause(caller.DiversionReason)}")}>;index=1.1;mp=1"));
    }

    /// <summary>RFC 4458 §2: why the call came to this target.</summary>
    static int Cause(string? reason) => reason switch
    {
        "unconditional" => 302,
        "user-busy" => 486,
        "no-answer" => 408,
        "unavailable" => 503,
        "do-not-disturb" or "deflection" => 480,
        _ => 404, // unknown or not available
    };
}
