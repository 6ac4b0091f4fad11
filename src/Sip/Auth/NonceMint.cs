using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Auth;

/// <summary>
/// Nonces without a memory: base64url of (key epoch, time in ms, salt, HMAC over them and the realm), so that any node of the
/// cluster can check what another gave out. The source's address is not part of it, since phones change theirs.
/// </summary>
public sealed class NonceMint(NonceKeys keys, IRandomSource random, TimeProvider clock)
{
    const int EpochBytes = 4, TimeBytes = 8, SaltBytes = 4, MacBytes = 16;
    const int SignedBytes = EpochBytes + TimeBytes + SaltBytes;
    const int AllBytes = SignedBytes + MacBytes;
    static readonly int _textLength = Base64Url.GetEncodedLength(AllBytes);

    public string Issue(string realm)
    {
        Span<byte> nonce = stackalloc byte[AllBytes];
        BinaryPrimitives.WriteUInt32BigEndian(nonce, keys.Current.Epoch);
        BinaryPrimitives.WriteInt64BigEndian(nonce[EpochBytes..], clock.GetUtcNow().ToUnixTimeMilliseconds());
        random.Fill(nonce.Slice(EpochBytes + TimeBytes, SaltBytes));
        Sign(keys.Current, nonce[..SignedBytes], realm, nonce[SignedBytes..]);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>When a nonce was issued for the realm; false when it is not one of ours.</summary>
    public bool TryRead(string nonce, string realm, out DateTimeOffset issuedAt)
    {
        issuedAt = default;
        Span<byte> bytes = stackalloc byte[AllBytes];
        if (nonce.Length != _textLength
            || Base64Url.DecodeFromChars(nonce, bytes, out _, out var length) != OperationStatus.Done
            || length != AllBytes) return false;
        if (keys.Find(BinaryPrimitives.ReadUInt32BigEndian(bytes)) is not { } key) return false;

        Span<byte> mac = stackalloc byte[MacBytes];
        Sign(key, bytes[..SignedBytes], realm, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[SignedBytes..])) return false;
        issuedAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[EpochBytes..]));
        return true;
    }

    static void Sign(NonceKey key, ReadOnlySpan<byte> signed, string realm, Span<byte> mac)
    {
        var realmBytes = Encoding.UTF8.GetBytes(realm);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret.Span, [.. signed, .. realmBytes], hash);
        hash[..MacBytes].CopyTo(mac);
    }
}
