using System.Buffers.Binary;

namespace TeleCube.Media.Rtp;

/// <summary>A view of one RTP packet (RFC 3550 §5.1); every length is checked once, in <see cref="TryParse"/>.</summary>
/// <remarks><code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |           synchronization source (SSRC) identifier            |
/// |            contributing source (CSRC) identifiers, extension  |
/// </code></remarks>
public readonly ref struct RtpPacket
{
    public const int FixedHeaderBytes = 12;

    readonly ReadOnlySpan<byte> _bytes;

    RtpPacket(ReadOnlySpan<byte> bytes, int headerLength, int payloadLength)
    {
        _bytes = bytes;
        HeaderLength = headerLength;
        PayloadLength = payloadLength;
    }

    public bool Marker => (_bytes[1] & 0x80) != 0;
    public byte PayloadType => (byte)(_bytes[1] & 0x7F);
    public ushort Sequence => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);
    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);
    public int HeaderLength { get; }
    public int PayloadLength { get; }
    public ReadOnlySpan<byte> Payload => _bytes.Slice(HeaderLength, PayloadLength);

    public static bool TryParse(ReadOnlySpan<byte> bytes, out RtpPacket packet)
    {
        packet = default;
        if (!TryReadHeaderLength(bytes, out var header)) return false;
        var padding = (bytes[0] & 0x20) != 0 ? bytes[^1] : 0;
        if ((bytes[0] & 0x20) != 0 && padding == 0 || header + padding > bytes.Length) return false;
        packet = new(bytes, header, bytes.Length - header - padding);
        return true;
    }

    /// <summary>The length of header, CSRCs and extension; all that can be read of an SRTP packet before it is decrypted.</summary>
    public static bool TryReadHeaderLength(ReadOnlySpan<byte> bytes, out int length)
    {
        length = FixedHeaderBytes;
        if (bytes.Length < length || bytes[0] >> 6 != 2) return false;
        length += 4 * (bytes[0] & 0x0F);
        if ((bytes[0] & 0x10) == 0) return length <= bytes.Length;
        if (length + 4 > bytes.Length) return false;
        length += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(bytes[(length + 2)..]);
        return length <= bytes.Length;
    }

    public static void WriteHeader(Span<byte> to, byte payloadType, bool marker, ushort sequence, uint timestamp, uint ssrc)
    {
        to[0] = 0x80;
        to[1] = (byte)(payloadType | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], ssrc);
    }

    /// <summary>RFC 5761 §4: with RTP and RTCP on one port, packet types 192 to 223 are RTCP.</summary>
    public static bool LooksLikeRtcp(ReadOnlySpan<byte> bytes) => bytes.Length >= 8 && bytes[0] >> 6 == 2 && bytes[1] is >= 192 and <= 223;
}
