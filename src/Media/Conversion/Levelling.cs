using System.Buffers.Binary;
using TeleCube.Media.Recording;

namespace TeleCube.Media.Conversion;

/// <summary>
/// Brings audio to one loudness and writes it as 16 bit. The target lies some dB above the speech of a telephone (-26 dBov, ITU-T G.100.1), where recorded
/// announcements usually are, and 17 dB below the peak limit: speech passes it untouched. R 128's own -23 LUFS is for a quiet living room.
/// </summary>
static class Levelling
{
    public const double TargetLufs = -20, CeilingDb = -3;

    /// <summary>What is quieter than this lets one hear is noise; it is raised no further.</summary>
    public const double MostGainDb = 30;

    const int BlockSamples = 16 << 10;

    public static double GainDb(double loudness) => Math.Min(TargetLufs - loudness, MostGainDb);

    /// <summary>A whole WAV file.</summary>
    public static void Write(ReadOnlySpan<float> samples, int rateHz, double gainDb, Stream to)
    {
        var limiter = new PeakLimiter((float)Math.Pow(10, gainDb / 20), (float)Math.Pow(10, CeilingDb / 20), rateHz / 200);
        Span<byte> header = stackalloc byte[WavHeader.Bytes];
        WavHeader.Write(header, RecordingFormat.Pcm, 1, 2L * samples.Length);
        to.Write(header);
        Span<float> levelled = new float[BlockSamples];
        Span<byte> bytes = new byte[2 * BlockSamples];
        for (var begin = 0; begin < samples.Length; begin += BlockSamples)
        {
            var block = levelled[..Math.Min(BlockSamples, samples.Length - begin)];
            limiter.Level(samples, begin, block);
            for (var i = 0; i < block.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(bytes[(2 * i)..], (short)MathF.Round(block[i] * short.MaxValue));
            to.Write(bytes[..(2 * block.Length)]);
        }
    }
}
