namespace TeleCube.Media.Srtp;

/// <summary>HMAC-SHA1 with its key kept (RFC 3711 §4.2.1).</summary>
sealed unsafe class HmacSha1 : IDisposable
{
    public const int Bytes = 20;

    nint _context;

    public HmacSha1(ReadOnlySpan<byte> key)
    {
        var mac = LibCrypto.MacFetch(0, "HMAC", 0);
        _context = LibCrypto.MacContextNew(mac); // holds its own reference to the algorithm
        LibCrypto.MacFree(mac);
        fixed (byte* k = key, name = "digest\0"u8, digest = "SHA1\0"u8)
        {
            var parameters = stackalloc LibCrypto.Parameter[2];
            parameters[0] = new() { Key = name, Type = LibCrypto.Parameter.Utf8String, Data = digest, Size = 4 };
            parameters[1] = default;
            if (LibCrypto.MacInit(_context, k, (nuint)key.Length, parameters) != 1) throw new InvalidOperationException("libcrypto refused an HMAC key");
        }
    }

    /// <summary>The tag over the data and four more bytes (SRTP's roll-over counter, which is not sent).</summary>
    public void Compute(byte* data, int length, byte* four, byte* tag)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        nuint size = Bytes;
        var ok = LibCrypto.MacInit(_context, null, 0, null) == 1 // no key: starts anew with the same
            && LibCrypto.MacUpdate(_context, data, (nuint)length) == 1
            && (four is null || LibCrypto.MacUpdate(_context, four, 4) == 1)
            && LibCrypto.MacFinal(_context, tag, &size, Bytes) == 1;
        if (!ok) throw new InvalidOperationException("libcrypto failed in HMAC-SHA1");
    }

    public void Dispose()
    {
        LibCrypto.MacContextFree(_context);
        _context = 0;
    }
}
