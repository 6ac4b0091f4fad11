namespace TeleCube.Media.Srtp;

/// <summary>Session keys from a master key and salt, with a key derivation rate of zero (RFC 3711 §4.3).</summary>
static unsafe class SrtpKeyDerivation
{
    public const int MasterKeyBytes = 16, MasterSaltBytes = 14;

    /// <summary>The key for a label: 0 encryption, 1 authentication, 2 salt; 3, 4, 5 the same of SRTCP.</summary>
    public static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, int length)
    {
        // x = label || r (48 bits of zero), right-aligned and XORed with the salt; the PRF is the key stream from x * 2^16.
        Span<byte> iv = stackalloc byte[16];
        iv.Clear();
        masterSalt.CopyTo(iv);
        iv[7] ^= label;

        var key = new byte[length];
        using var prf = new AesCounter(masterKey);
        fixed (byte* i = iv, k = key) prf.Apply(i, k, length);
        return key;
    }
}
