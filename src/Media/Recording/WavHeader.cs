using System.Buffers.Binary;

namespace TeleCube.Media.Recording;

/// <summary>The header of a WAV file of 8 kHz A-law (format 6) or 16-bit PCM; written anew as the file grows.</summary>
static class WavHeader
{
    public const int Bytes = 58;

    /// <summary>RIFF counts in 32 bits.</summary>
    public const long MaxDataBytes = uint.MaxValue - Bytes;

    public static void Write(Span<byte> to, RecordingFormat format, int channels, long dataBytes)
    {
        var sampleBytes = format == RecordingFormat.Pcm ? 2 : 1;
        "RIFF"u8.CopyTo(to);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], (uint)(Bytes - 8 + dataBytes));
        "WAVEfmt "u8.CopyTo(to[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], 18);
        BinaryPrimitives.WriteUInt16LittleEndian(to[20..], (ushort)(format == RecordingFormat.Pcm ? 1 : 6));
        BinaryPrimitives.WriteUInt16LittleEndian(to[22..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(to[24..], 8000);
        BinaryPrimitives.WriteUInt32LittleEndian(to[28..], (uint)(8000 * channels * sampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(to[32..], (ushort)(channels * sampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(to[34..], (ushort)(8 * sampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(to[36..], 0);
        "fact"u8.CopyTo(to[38..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[42..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(to[46..], (uint)(dataBytes / (channels * sampleBytes)));
        "data"u8.CopyTo(to[50..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[54..], (uint)dataBytes);
    }
}
