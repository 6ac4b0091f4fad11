using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Auth;

/// <summary>
/// Nonces without a memory: base64url of (key epoch, time in ms, salt, HMAC over them, the realm and whom they are for), so that any
/// node of the cluster can check what another gave out, and what was given to one company's phones is worth nothing for another's. The source's address is
/// not part of it, since phones change theirs.
/// </summary>
public sealed class NonceMint(NonceKeys keys, IRandomSource random, TimeProvider clock)
{
    const int EpochBytes = 4, TimeBytes = 8, SaltBytes = 4, MacBytes = 16;
    const int SignedBytes = EpochBytes + TimeBytes + SaltBytes;
    const int AllBytes = SignedBytes + MacBytes;
    static readonly int _textLength = Base64Url.GetEncodedLength(AllBytes);

    /// <param name="realm">Of the challenge.</param>
    /// <param name="audience">Who is challenged: a tenant, or nothing.</param>
    public string Issue(string realm, string audience = "")
    {
        Span<byte> nonce = stackalloc byte[AllBytes];
        BinaryPrimitives.WriteUInt32BigEndian(nonce, keys.Current.Epoch);
        BinaryPrimitives.WriteInt64BigEndian(nonce[EpochBytes..], clock.GetUtcNow().ToUnixTimeMilliseconds());
        random.Fill(nonce.Slice(EpochBytes + TimeBytes, SaltBytes));
        Sign(keys.Current, nonce[..SignedBytes], realm, audience, nonce[SignedBytes..]);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>When a nonce was issued for the realm and the audience; false when it is not one of ours.</summary>
    public bool TryRead(string nonce, string realm, string audience, out DateTimeOffset issuedAt)
    {
        issuedAt = default;
        Span<byte> bytes = stackalloc byte[AllBytes];
        if (nonce.Length != _textLength
            || Base64Url.DecodeFromChars(nonce, bytes, out _, out var length) != OperationStatus.Done
            || length != AllBytes) return false;
        if (keys.Find(BinaryPrimitives.ReadUInt32BigEndian(bytes)) is not { } key) return false;

        Span<byte> mac = stackalloc byte[MacBytes];
        Sign(key, bytes[..SignedBytes], realm, audience, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[SignedBytes..])) return false;
        issuedAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[EpochBytes..]));
        return true;
    }

    static void Sign(NonceKey key, ReadOnlySpan<byte> signed, string realm, string audience, Span<byte> mac)
    {
        var names = Encoding.UTF8.GetBytes($"{realm}\0{audience}");
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret.Span, [.. signed, .. names], hash);
        hash[..MacBytes].CopyTo(mac);
    }
}
