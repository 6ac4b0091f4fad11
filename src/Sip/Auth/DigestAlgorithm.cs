namespace TeleCube.Sip.Auth;

/// <summary>The hash functions of digest authentication in use with SIP (RFC 3261 §22.4, RFC 8760 §2).</summary>
public enum DigestAlgorithm : byte
{
    Md5,
    Sha256,
}

/// <summary>Names of algorithms as they stand in challenges.</summary>
public static class DigestAlgorithms
{
    public static string Name(this DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? "SHA-256" : "MD5";

    /// <summary>No algorithm means MD5 (RFC 3261 §22.4); a "-sess" variant is reported apart.</summary>
    public static bool TryParse(string? name, out DigestAlgorithm algorithm, out bool session)
    {
        session = name is not null && name.EndsWith("-sess", StringComparison.OrdinalIgnoreCase);
        var plain = session ? name![..^5] : name;
        algorithm = string.Equals(plain, "SHA-256", StringComparison.OrdinalIgnoreCase) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        return plain is null || algorithm == DigestAlgorithm.Sha256 || string.Equals(plain, "MD5", StringComparison.OrdinalIgnoreCase);
    }
}
