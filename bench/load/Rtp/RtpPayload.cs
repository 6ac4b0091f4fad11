using System.Buffers.Binary;

namespace TeleCube.Load.Rtp;

/// <summary>
/// What the generator writes into the 160 bytes of a frame: who sent it, in which window, and when.
/// A relay passes G.711 on untouched; one that decodes it is seen as such, since nothing arrives that bears the mark.
/// </summary>
readonly record struct RtpPayload(uint Stream, uint Window, long SentNs)
{
    public const int HeaderBytes = 12;
    public const int PacketBytes = HeaderBytes + 160;
    const ulong Mark = 0x54434C4F41443031; // TCLOAD01
    const byte Silence = 0xD5;

    /// <summary>RFC 3550 §5.1: version 2, payload type 8, no padding, extension or contributors.</summary>
    public static void Prepare(Span<byte> packet, uint source)
    {
        packet.Fill(Silence);
        packet[0] = 0x80;
        packet[1] = 8;
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], source);
        BinaryPrimitives.WriteUInt64BigEndian(packet[HeaderBytes..], Mark);
    }

    public void Write(Span<byte> packet, ushort sequence, uint timestamp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], timestamp);
        var frame = packet[HeaderBytes..];
        BinaryPrimitives.WriteUInt32BigEndian(frame[8..], Stream);
        BinaryPrimitives.WriteUInt32BigEndian(frame[12..], Window);
        BinaryPrimitives.WriteInt64BigEndian(frame[16..], SentNs);
    }

    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpPayload payload)
    {
        payload = default;
        if (packet.Length < PacketBytes || packet[0] >> 6 != 2) return false;
        var frame = packet[HeaderBytes..];
        if (BinaryPrimitives.ReadUInt64BigEndian(frame) != Mark) return false;
        payload = new(BinaryPrimitives.ReadUInt32BigEndian(frame[8..]), BinaryPrimitives.ReadUInt32BigEndian(frame[12..]), BinaryPrimitives.ReadInt64BigEndian(frame[16..]));
        return true;
    }
}
