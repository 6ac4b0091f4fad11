using System.Security.Cryptography;
using System.Text;

namespace TeleCube.Actors.Tenants;

/// <summary>What the exchange keeps of an extension's password: H(A1) for one realm, by MD5 (RFC 2617) and SHA-256 (RFC 8760), in lower-case hex.</summary>
public sealed record SipCredentials(string Realm, string Md5, string Sha256)
{
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "RFC 3261 §22.4 phones know nothing better than MD5")]
    public static SipCredentials Of(string sipUser, string realm, string password)
    {
        var a1 = Encoding.UTF8.GetBytes($"{sipUser}:{realm}:{password}"); // RFC 7616 §3.4.2
        return new SipCredentials(realm, Convert.ToHexStringLower(MD5.HashData(a1)), Convert.ToHexStringLower(SHA256.HashData(a1)));
    }

    /// <summary>Never the hashes: either is as good as the password.</summary>
    public override string ToString() => $"SipCredentials({Realm})";
}
