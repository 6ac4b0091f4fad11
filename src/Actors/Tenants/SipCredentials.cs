using TeleCube.Sip.Auth;

namespace TeleCube.Actors.Tenants;

/// <summary>
/// What the exchange keeps of an extension's password: H(A1) for one realm, by MD5 (RFC 2617) and SHA-256 (RFC 8760), in lower-case hex.
/// </summary>
public sealed record SipCredentials(string Realm, string Md5, string Sha256)
{
    public static SipCredentials Of(string sipUser, string realm, string password)
    {
        var secret = DigestSecret.From(sipUser, realm, password);
        return new SipCredentials(realm, secret.Md5, secret.Sha256);
    }

    public DigestSecret For(string sipUser) => new(sipUser, Realm, Md5, Sha256);

    /// <summary>Never the hashes: either is as good as the password.</summary>
    public override string ToString() => $"SipCredentials({Realm})";
}
