using System.Buffers.Binary;
using TeleCube.Media.Codecs;

namespace TeleCube.Media.Conversion;

/// <summary>Samples as a WAV file has them, to floating point around ±1, and several channels to one.</summary>
static class SampleDecoding
{
    /// <summary>Floating-point files may go beyond full scale; beyond this they are noise.</summary>
    const float Wildest = 8;

    public static void Decode(WavFormat format, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        switch (format.Encoding, format.SampleBytes)
        {
            case (WavEncoding.ALaw, _):
                for (var i = 0; i < samples.Length; i++) samples[i] = G711.FromALaw(bytes[i]) / 32768f;
                break;
            case (WavEncoding.MuLaw, _):
                for (var i = 0; i < samples.Length; i++) samples[i] = G711.FromMuLaw(bytes[i]) / 32768f;
                break;
            case (WavEncoding.Float, 4):
                for (var i = 0; i < samples.Length; i++) samples[i] = Tame(BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]));
                break;
            case (WavEncoding.Float, _):
                for (var i = 0; i < samples.Length; i++) samples[i] = Tame((float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]));
                break;
            case (_, 1): // the only unsigned one
                for (var i = 0; i < samples.Length; i++) samples[i] = (bytes[i] - 128) / 128f;
                break;
            case (_, 2):
                for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) / 32768f;
                break;
            case (_, 3):
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = (bytes[3 * i] << 8 | bytes[3 * i + 1] << 16 | bytes[3 * i + 2] << 24) / 2147483648f;
                break;
            default:
                for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]) / 2147483648f;
                break;
        }
    }

    /// <summary>The mean: as loud as a telephone would play the two sides of a room.</summary>
    public static void MixToMono(ReadOnlySpan<float> all, int channels, Span<float> mono)
    {
        for (var frame = 0; frame < mono.Length; frame++)
        {
            var sum = 0f;
            foreach (var sample in all.Slice(frame * channels, channels)) sum += sample;
            mono[frame] = sum / channels;
        }
    }

    /// <summary>How many of the samples of a floating-point file are no numbers.</summary>
    public static int CountNotNumbers(WavFormat format, ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        if (format is not { Encoding: WavEncoding.Float }) return count;
        for (var i = 0; i < bytes.Length; i += format.SampleBytes)
        {
            var sample = format.SampleBytes == 4 ? BinaryPrimitives.ReadSingleLittleEndian(bytes[i..]) : BinaryPrimitives.ReadDoubleLittleEndian(bytes[i..]);
            if (!double.IsFinite(sample)) count++;
        }
        return count;
    }

    /// <summary>A few samples that are no numbers are clicks, which silence mends; a file of them is refused.</summary>
    static float Tame(float sample) => float.IsFinite(sample) ? Math.Clamp(sample, -Wildest, Wildest) : 0;
}
