namespace TeleCube.Sip.Auth;

/// <summary>What is kept of a user's password: HA1 for each algorithm, useful for one realm only.</summary>
public sealed record DigestSecret(string User, string Realm, string Md5, string Sha256)
{
    public static DigestSecret From(string user, string realm, string password) => new(
        user, realm, DigestMath.HA1(DigestAlgorithm.Md5, user, realm, password), DigestMath.HA1(DigestAlgorithm.Sha256, user, realm, password));

    public string HA1(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? Sha256 : Md5;

    public override string ToString() => $"{User}@{Realm}"; // never the hashes: they are as good as the password
}
