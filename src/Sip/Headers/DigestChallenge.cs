using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>
/// challenge = "Digest" LWS digest-cln *( COMMA digest-cln ) (RFC 3261 §25.1, RFC 7616 §3.3), in WWW-Authenticate and
/// Proxy-Authenticate.
/// </summary>
public sealed class DigestChallenge(AuthParameters parameters) : ISipHeaderValue<DigestChallenge>
{
    public AuthParameters Parameters { get; } = parameters;

    public string Realm => Parameters["realm"] ?? "";

    public string Nonce => Parameters["nonce"] ?? "";

    public string? Opaque => Parameters["opaque"];

    /// <summary>Null means MD5.</summary>
    public string? Algorithm => Parameters["algorithm"];

    /// <summary>The nonce is too old, the password was right.</summary>
    public bool IsStale => "true".Equals(Parameters["stale"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The qualities offered, such as auth and auth-int; empty for a peer of RFC 2069.</summary>
    public IReadOnlyList<string> Qop =>
        Parameters["qop"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static DigestChallenge Create(
        string realm, string nonce, string algorithm = "MD5", string? qop = "auth", bool stale = false, string? opaque = null) =>
        new(new AuthParametersBuilder()
            .Quoted("realm", realm)
            .Quoted("nonce", nonce)
            .Quoted("opaque", opaque)
            .Token("stale", stale ? "true" : null)
            .Token("algorithm", algorithm)
            .Quoted("qop", qop)
            .Build());

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out DigestChallenge parsed)
    {
        parsed = AuthParameters.TryParse(value, "Digest", out var parameters) ? new(parameters) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => Parameters.WriteTo(output);

    public override string ToString() => WireText.Of(this);
}
