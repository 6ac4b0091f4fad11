using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TeleCube.Sip.Auth;

/// <summary>The arithmetic of RFC 7616 §3.4: lower-case hex of hashes of colon-joined text.</summary>
public static class DigestMath
{
    public static string HA1(DigestAlgorithm algorithm, string user, string realm, string password) =>
        Hash(algorithm, $"{user}:{realm}:{password}");

    /// <summary>HA1 of a "-sess" algorithm (RFC 7616 §3.4.2).</summary>
    public static string SessionHA1(DigestAlgorithm algorithm, string ha1, string nonce, string cnonce) =>
        Hash(algorithm, $"{ha1}:{nonce}:{cnonce}");

    public static string HA2(DigestAlgorithm algorithm, string method, string uri) => Hash(algorithm, $"{method}:{uri}");

    /// <summary>HA2 of qop=auth-int, which covers the body (RFC 7616 §3.4.3).</summary>
    public static string HA2(DigestAlgorithm algorithm, string method, string uri, ReadOnlySpan<byte> body) =>
        Hash(algorithm, $"{method}:{uri}:{Hash(algorithm, body)}");

    public static string Response(DigestAlgorithm algorithm, string ha1, string nonce, string nc, string cnonce, string qop, string ha2) =>
        Hash(algorithm, $"{ha1}:{nonce}:{nc}:{cnonce}:{qop}:{ha2}");

    /// <summary>Without qop (RFC 2069), which RFC 3261 §22.4 still asks servers to accept.</summary>
    public static string Response(DigestAlgorithm algorithm, string ha1, string nonce, string ha2) =>
        Hash(algorithm, $"{ha1}:{nonce}:{ha2}");

    static string Hash(DigestAlgorithm algorithm, string text) => Hash(algorithm, Encoding.UTF8.GetBytes(text));

    [SuppressMessage("Security", "CA5351", Justification = "RFC 3261 §22.4: MD5 is what most phones know.")]
    static string Hash(DigestAlgorithm algorithm, ReadOnlySpan<byte> bytes) =>
        Convert.ToHexStringLower(algorithm == DigestAlgorithm.Sha256 ? SHA256.HashData(bytes) : MD5.HashData(bytes));
}
