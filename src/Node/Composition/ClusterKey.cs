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
        if (!File.Exists(path)) Make(path);
        var secret = Convert.FromHexString(File.ReadAllText(path).Trim());
        return secret.Length == Bytes
            ? new ClusterKey(secret)
            : throw new StartException($"{path} must hold {Bytes} bytes in hexadecimal, not {secret.Length}; "
                + "restore it from a backup, or delete it (running calls and quotes are then lost).");
    }

    /// <summary>A key for one purpose (HKDF, RFC 5869), so that no signature of one kind is good for another.</summary>
    public byte[] For(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Bytes, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    static void Make(string path)
    {
        // Complete or not there at all: a half-written key would lock out what it signed.
        var draft = path + ".new";
        File.WriteAllText(draft, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(draft, path);
    }
}
