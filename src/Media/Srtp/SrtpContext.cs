using System.Buffers.Binary;
using System.Security.Cryptography;
using TeleCube.Media.Rtp;

namespace TeleCube.Media.Srtp;

/// <summary>One direction of SRTP and SRTCP (RFC 3711, AES_CM_128 with HMAC_SHA1_80 or _32) under one master key. One owner at a time.</summary>
public sealed unsafe class SrtpContext : IDisposable
{
    /// <summary>How much longer a packet may get: SRTCP's index and the longest tag.</summary>
    public const int MaxOverheadBytes = 4 + RtcpTagBytes;

    const int RtcpTagBytes = 10; // 80 bits also in the _32 suite (RFC 4568 §6.2.2)
    const uint EncryptedFlag = 0x80000000;
    const int MostRollOvers = 64; // 65536 frames of 20 ms each: a day

    /// <summary>
    /// So many packets are searched for their roll-over at once, which costs 64 tags each: a forger must not make us do that for each packet.
    /// </summary>
    const int FirstSearches = 8;

    /// <summary>
    /// Of packets that are refused in a row, every so manieth is searched. A prime, so that forged packets between genuine ones don't take all turns.
    /// </summary>
    const int SearchEvery = 17;

    readonly SrtpSources _rtpSources = new(), _rtcpSources = new();
    readonly AesCounter _rtpCipher, _rtcpCipher;
    readonly HmacSha1 _rtpMac, _rtcpMac;
    readonly byte[] _rtpSalt, _rtcpSalt;
    readonly int _tagBytes;
    readonly bool _findRollOver;
    uint _rtcpIndex, _refused;

    SrtpContext(int tagBytes, bool findRollOver, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        (_tagBytes, _findRollOver) = (tagBytes, findRollOver);
        _rtpCipher = new(SrtpKeyDerivation.Derive(key, salt, 0, 16));
        _rtpMac = new(SrtpKeyDerivation.Derive(key, salt, 1, HmacSha1.Bytes));
        _rtpSalt = SrtpKeyDerivation.Derive(key, salt, 2, SrtpKeyDerivation.MasterSaltBytes);
        _rtcpCipher = new(SrtpKeyDerivation.Derive(key, salt, 3, 16));
        _rtcpMac = new(SrtpKeyDerivation.Derive(key, salt, 4, HmacSha1.Bytes));
        _rtcpSalt = SrtpKeyDerivation.Derive(key, salt, 5, SrtpKeyDerivation.MasterSaltBytes);
    }

    /// <summary>
    /// Null when the suite is unknown or the key is not 16 bytes of key and 14 of salt. <paramref name="findRollOver"/>: the peer may have sent for hours
    /// already; how often its sequence numbers have begun anew is found by a packet's tag, which is right for one count only.
    /// </summary>
    public static SrtpContext? TryCreate(string suite, ReadOnlySpan<byte> keyAndSalt, bool findRollOver = false)
    {
        var tagBytes = suite switch
        {
            "AES_CM_128_HMAC_SHA1_80" => 10,
            "AES_CM_128_HMAC_SHA1_32" => 4,
            _ => 0,
        };
        return tagBytes == 0 || keyAndSalt.Length != SrtpKeyDerivation.MasterKeyBytes + SrtpKeyDerivation.MasterSaltBytes
            ? null
            : new(tagBytes, findRollOver, keyAndSalt[..SrtpKeyDerivation.MasterKeyBytes], keyAndSalt[SrtpKeyDerivation.MasterKeyBytes..]);
    }

    /// <summary>Encrypts an RTP packet in place; the buffer has room for the tag. Returns the new length, 0 for an index that was used before.</summary>
    public int Protect(Span<byte> buffer, int length)
    {
        if (!RtpPacket.TryReadHeaderLength(buffer[..length], out var header)) return 0;
        fixed (byte* packet = buffer)
        {
            ref var window = ref _rtpSources.Window(Ssrc(packet + 8));
            // One index, one key stream: sending another packet under a used index would give both away.
            if (window.Guess(BinaryPrimitives.ReadUInt16BigEndian(buffer[2..])) is not { } index || !window.IsFresh(index)) return 0;
            window.Commit(index);
            Crypt(_rtpCipher, _rtpSalt, Ssrc(packet + 8), index, packet + header, length - header);
            var tag = stackalloc byte[HmacSha1.Bytes];
            RtpTag(packet, length, index, tag);
            new Span<byte>(tag, _tagBytes).CopyTo(buffer[length..]);
            return length + _tagBytes;
        }
    }

    /// <summary>Checks and decrypts an SRTP packet in place. False: replayed, forged or malformed; nothing has changed then.</summary>
    public bool TryUnprotect(Span<byte> packet, out int length)
    {
        length = packet.Length - _tagBytes;
        if (length < RtpPacket.FixedHeaderBytes || !RtpPacket.TryReadHeaderLength(packet[..length], out var header)) return false;
        fixed (byte* p = packet)
        {
            var ssrc = Ssrc(p + 8);
            var window = _rtpSources.Look(ssrc);
            // RFC 3711 §3.3: the replay check comes before authentication, the state is committed after it.
            var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
            var guess = window.Guess(sequence);
            var index = guess ?? sequence;
            if (guess is null || !window.IsFresh(index) || !IsGenuine(p, length, index, packet[length..]))
                if (!IsGenuineLater(p, length, ref index, packet[length..])) return false;
            _refused = 0;
            _rtpSources.Window(ssrc).Commit(index);
            Crypt(_rtpCipher, _rtpSalt, ssrc, index, p + header, length - header);
            return true;
        }
    }

    /// <summary>Encrypts an RTCP compound in place and appends index and tag (RFC 3711 §3.4).</summary>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        _rtcpIndex = (_rtcpIndex + 1) & ~EncryptedFlag;
        fixed (byte* packet = buffer)
        {
            Crypt(_rtcpCipher, _rtcpSalt, Ssrc(packet + 4), _rtcpIndex, packet + 8, length - 8);
            BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], _rtcpIndex | EncryptedFlag);
            var tag = stackalloc byte[HmacSha1.Bytes];
            _rtcpMac.Compute(packet, length + 4, null, tag);
            new Span<byte>(tag, RtcpTagBytes).CopyTo(buffer[(length + 4)..]);
            return length + 4 + RtcpTagBytes;
        }
    }

    public bool TryUnprotectRtcp(Span<byte> packet, out int length)
    {
        length = packet.Length - RtcpTagBytes - 4;
        if (length < 8) return false;
        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[length..]);
        var index = word & ~EncryptedFlag;
        fixed (byte* p = packet)
        {
            var ssrc = Ssrc(p + 4);
            if (!_rtcpSources.Look(ssrc).IsFresh(index)) return false;
            var tag = stackalloc byte[HmacSha1.Bytes];
            _rtcpMac.Compute(p, length + 4, null, tag);
            if (!CryptographicOperations.FixedTimeEquals(new(tag, RtcpTagBytes), packet[(length + 4)..])) return false;
            _rtcpSources.Window(ssrc).Commit(index);
            if ((word & EncryptedFlag) != 0) Crypt(_rtcpCipher, _rtcpSalt, ssrc, index, p + 8, length - 8);
            return true;
        }
    }

    public void Dispose()
    {
        _rtpCipher.Dispose();
        _rtpMac.Dispose();
        _rtcpCipher.Dispose();
        _rtcpMac.Dispose();
    }

    bool IsGenuine(byte* packet, int length, ulong index, ReadOnlySpan<byte> claimed)
    {
        var tag = stackalloc byte[HmacSha1.Bytes];
        RtpTag(packet, length, index, tag);
        return CryptographicOperations.FixedTimeEquals(new(tag, _tagBytes), claimed);
    }

    /// <summary>
    /// After more roll-overs than we know of: what comes first may be a stream that was begun long ago. Or what came first was an old packet, played
    /// again by somebody, so that all that comes now seems forged or old.
    /// </summary>
    bool IsGenuineLater(byte* packet, int length, ref ulong index, ReadOnlySpan<byte> claimed)
    {
        if (!_findRollOver) return false;
        var before = _refused++;
        if (before % SearchEvery != SearchEvery - 1 && !(_rtpSources.IsEmpty && before < FirstSearches)) return false;
        for (var most = index + ((ulong)MostRollOvers << 16); index < most;)
            if (IsGenuine(packet, length, index += 1 << 16, claimed)) return true;
        return false;
    }

    void RtpTag(byte* packet, int length, ulong index, byte* tag)
    {
        var rollOver = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(new(rollOver, 4), (uint)(index >> 16));
        _rtpMac.Compute(packet, length, rollOver, tag);
    }

    // RFC 3711 §4.1.1: IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16).
    static void Crypt(AesCounter cipher, byte[] salt, uint ssrc, ulong index, byte* data, int length)
    {
        if (length <= 0) return;
        var iv = stackalloc byte[16];
        var span = new Span<byte>(iv, 16);
        span[14] = span[15] = 0;
        salt.CopyTo(span);
        BinaryPrimitives.WriteUInt32BigEndian(span[4..], BinaryPrimitives.ReadUInt32BigEndian(span[4..]) ^ ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(span[8..], BinaryPrimitives.ReadUInt64BigEndian(span[8..]) ^ (index << 16));
        cipher.Apply(iv, data, length);
    }

    static uint Ssrc(byte* at) => BinaryPrimitives.ReadUInt32BigEndian(new(at, 4));
}
