using System.Buffers.Binary;

namespace TeleCube.Media.Rtcp;

/// <summary>The sender's SSRC and the sender information of an SR (RFC 3550 §6.4.1); NTP time in 32.32 fixed point.</summary>
public readonly record struct SenderInfo(uint Ssrc, ulong Ntp, uint RtpTimestamp, uint Packets, uint Octets)
{
    public const int Bytes = 24;

    public static bool TryParse(ReadOnlySpan<byte> from, out SenderInfo info)
    {
        info = default;
        if (from.Length < Bytes) return false;
        info = new(BinaryPrimitives.ReadUInt32BigEndian(from), BinaryPrimitives.ReadUInt64BigEndian(from[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(from[12..]), BinaryPrimitives.ReadUInt32BigEndian(from[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(from[20..]));
        return true;
    }

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32BigEndian(to, Ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(to[4..], Ntp);
        BinaryPrimitives.WriteUInt32BigEndian(to[12..], RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(to[16..], Packets);
        BinaryPrimitives.WriteUInt32BigEndian(to[20..], Octets);
    }
}
