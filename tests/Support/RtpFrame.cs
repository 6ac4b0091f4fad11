using System.Buffers.Binary;
using System.Net;

namespace TeleCube.Tests.Support;

/// <summary>One RTP packet as a test peer received it.</summary>
public sealed record RtpFrame(byte PayloadType, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc, byte[] Payload, IPEndPoint From)
{
    public static RtpFrame? Parse(byte[] bytes, IPEndPoint from)
    {
        if (bytes.Length < 12 || bytes[0] != 0x80) return null;
        return new((byte)(bytes[1] & 0x7F), (bytes[1] & 0x80) != 0, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)),
            BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8)), bytes[12..], from);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[12 + Payload.Length];
        bytes[0] = 0x80;
        bytes[1] = (byte)(PayloadType | (Marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Ssrc);
        Payload.CopyTo(bytes, 12);
        return bytes;
    }

    /// <summary>The audio, by the static payload types 0 (PCMU) and 8 (PCMA).</summary>
    public short[] Pcm => PayloadType switch
    {
        0 => [.. Payload.Select(Tones.FromMuLaw)],
        8 => [.. Payload.Select(Tones.FromALaw)],
        _ => [],
    };
}
