using System.Buffers.Binary;

namespace TeleCube.Media.Rtcp;

/// <summary>A reception report block (RFC 3550 §6.4.1). Jitter in timestamp units, LSR and DLSR in 1/65536 s.</summary>
public readonly record struct ReportBlock(
    uint Ssrc, byte FractionLost, int CumulativeLost, uint HighestSequence, uint Jitter, uint LastSenderReport, uint DelaySinceLastSenderReport)
{
    public const int Bytes = 24;

    public static bool TryParse(ReadOnlySpan<byte> from, out ReportBlock block)
    {
        block = default;
        if (from.Length < Bytes) return false;
        var lost = BinaryPrimitives.ReadUInt32BigEndian(from[4..]);
        block = new(BinaryPrimitives.ReadUInt32BigEndian(from), (byte)(lost >> 24), (int)(lost << 8) >> 8, // 24 bits, signed
            BinaryPrimitives.ReadUInt32BigEndian(from[8..]), BinaryPrimitives.ReadUInt32BigEndian(from[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(from[16..]), BinaryPrimitives.ReadUInt32BigEndian(from[20..]));
        return true;
    }

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32BigEndian(to, Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], (uint)FractionLost << 24 | (uint)CumulativeLost & 0xFFFFFF);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(to[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(to[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(to[20..], DelaySinceLastSenderReport);
    }
}
