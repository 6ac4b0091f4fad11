using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TeleCube.Load.Targets;

namespace TeleCube.Load.Signalling;

/// <summary>Answers a digest challenge: RFC 7616 with MD5 or SHA-256, qop auth or none.</summary>
static partial class Digest
{
    public static (string Header, string Value) Answer(SipText challenge, string method, string uri, TargetUser user)
    {
        var proxy = challenge.Status == 407;
        var asked = challenge.All(proxy ? "Proxy-Authenticate" : "WWW-Authenticate").Select(Parse)
            .FirstOrDefault(fields => fields.GetValueOrDefault("algorithm", "MD5").ToUpperInvariant() is "MD5" or "SHA-256")
            ?? throw new LoadException($"{challenge.StartLine} without a challenge that can be answered");
        var (realm, nonce, algorithm) = (asked.GetValueOrDefault("realm", ""), asked.GetValueOrDefault("nonce", ""), asked.GetValueOrDefault("algorithm", "MD5"));
        string Hash(string text) => Hex(algorithm, text);
        var secret = Hash($"{user.AuthenticationName}:{realm}:{user.Password}");
        var request = Hash($"{method}:{uri}");
        var value = $"Digest username=\"{user.AuthenticationName}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", algorithm={algorithm}";
        if (asked.TryGetValue("opaque", out var opaque)) value += $", opaque=\"{opaque}\"";
        if (!asked.ContainsKey("qop")) return (Name(proxy), $"{value}, response=\"{Hash($"{secret}:{nonce}:{request}")}\"");
        var client = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return (Name(proxy), $"{value}, qop=auth, nc=00000001, cnonce=\"{client}\", response=\"{Hash($"{secret}:{nonce}:00000001:{client}:auth:{request}")}\"");
    }

    static string Name(bool proxy) => proxy ? "Proxy-Authorization" : "Authorization";

    static Dictionary<string, string> Parse(string challenge) =>
        Fields().Matches(challenge).GroupBy(field => field.Groups[1].Value.ToLowerInvariant()).ToDictionary(group => group.Key, group => group.First().Groups[2].Value.Trim('"'));

    static string Hex(string algorithm, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // RFC 3261 §22.4 knows only MD5, so a caller must be able to speak it
        return Convert.ToHexStringLower(algorithm.Equals("MD5", StringComparison.OrdinalIgnoreCase) ? MD5.HashData(bytes) : SHA256.HashData(bytes));
#pragma warning restore CA5351
    }

    [GeneratedRegex("""([A-Za-z]+)\s*=\s*("[^"]*"|[^,\s]+)""")]
    private static partial Regex Fields();
}
