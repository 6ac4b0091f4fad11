using System.Security.Cryptography;

namespace TeleCube.Node.Composition;

/// <summary>
/// The secret that all nodes of a cluster share: dialog tags, branches, nonces and quotes are signed with keys derived from it. One node
/// makes its own at the first start and keeps it in the data directory, so that calls and nonces outlive a restart.
/// </summary>
sealed class ClusterKey
{
    const int Bytes = 32;

    readonly byte[] _secret;

    ClusterKey(byte[] secret) => _secret = secret;

    public static ClusterKey Load(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "cluster.key");
        if (!File.Exists(path)) SecretFile.Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));
        var text = File.ReadAllText(path).Trim();
        return text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigit)
            ? new ClusterKey(Convert.FromHexString(text))
            : throw new StartException($"{path} must hold {Bytes} bytes as {2 * Bytes} hexadecimal digits, and does not; "
                + "restore it from a backup, or delete it (running calls and quotes are then lost).");
    }

    /// <summary>A key for one purpose (HKDF, RFC 5869), so that no signature of one kind is good for another.</summary>
    public byte[] For(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Bytes, info: System.Text.Encoding.UTF8.GetBytes(purpose));
}
