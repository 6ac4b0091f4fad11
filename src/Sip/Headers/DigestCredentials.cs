using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>credentials = "Digest" LWS digest-response (RFC 3261 §25.1, RFC 7616 §3.4), in Authorization and Proxy-Authorization.</summary>
public sealed class DigestCredentials(AuthParameters parameters) : ISipHeaderValue<DigestCredentials>
{
    public AuthParameters Parameters { get; } = parameters;

    public string UserName => Parameters["username"] ?? "";

    public string Realm => Parameters["realm"] ?? "";

    public string Nonce => Parameters["nonce"] ?? "";

    /// <summary>The digest-uri exactly as it was hashed.</summary>
    public string Uri => Parameters["uri"] ?? "";

    public string Response => Parameters["response"] ?? "";

    /// <summary>Null means MD5.</summary>
    public string? Algorithm => Parameters["algorithm"];

    public string? CNonce => Parameters["cnonce"];

    public string? Opaque => Parameters["opaque"];

    public string? Qop => Parameters["qop"];

    /// <summary>nc as it was hashed: eight hexadecimal digits.</summary>
    public string? NonceCountText => Parameters["nc"];

    public uint? NonceCount =>
        NonceCountText is { Length: 8 } text
        && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    public static DigestCredentials Create(
        string userName, DigestChallenge challenge, string uri, string response, string? qop = null, string? cnonce = null, uint nonceCount = 1) =>
        new(new AuthParametersBuilder()
            .Quoted("username", userName)
            .Quoted("realm", challenge.Realm)
            .Quoted("nonce", challenge.Nonce)
            .Quoted("uri", uri)
            .Quoted("response", response)
            .Token("algorithm", challenge.Algorithm)
            .Quoted("cnonce", cnonce)
            .Quoted("opaque", challenge.Opaque)
            .Token("qop", qop)
            .Token("nc", qop is null ? null : nonceCount.ToString("x8", CultureInfo.InvariantCulture))
            .Build());

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out DigestCredentials parsed)
    {
        parsed = AuthParameters.TryParse(value, "Digest", out var parameters) ? new(parameters) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => Parameters.WriteTo(output);

    public override string ToString() => WireText.Of(this);
}
