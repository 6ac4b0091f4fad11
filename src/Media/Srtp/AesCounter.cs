namespace TeleCube.Media.Srtp;

/// <summary>AES-128 in counter mode with its key schedule kept (RFC 3711 §4.1.1).</summary>
sealed unsafe class AesCounter : IDisposable
{
    nint _context = LibCrypto.CipherNew();

    public AesCounter(ReadOnlySpan<byte> key)
    {
        fixed (byte* k = key)
        {
            if (key.Length != 16 || LibCrypto.EncryptInit(_context, LibCrypto.Aes128Ctr(), 0, k, null) != 1)
                throw new InvalidOperationException("libcrypto refused an AES-128-CTR key");
        }
    }

    /// <summary>XORs the key stream of this 16-byte IV over the data.</summary>
    public void Apply(byte* iv, byte* data, int length)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this); // OpenSSL would crash on it
        int written;
        if (LibCrypto.EncryptInit(_context, 0, 0, null, iv) != 1 || LibCrypto.EncryptUpdate(_context, data, &written, data, length) != 1)
            throw new InvalidOperationException("libcrypto failed in AES-128-CTR");
    }

    public void Dispose()
    {
        LibCrypto.CipherFree(_context);
        _context = 0;
    }
}
