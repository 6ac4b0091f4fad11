using System.Runtime.InteropServices;

namespace TeleCube.Media.Conversion;

/// <summary>Headerless 16-bit audio of one channel, as a decoder writes it; longer than allowed is a fault.</summary>
sealed class RawSource(Stream raw, int rateHz, ConversionLimits limits) : SampleSource
{
    readonly byte[] _block = new byte[32 << 10];
    long _left = (long)(limits.MaxLength.TotalSeconds * rateHz);

    public override int RateHz => rateHz;

    public override int Read(Span<float> samples)
    {
        var bytes = _block.AsSpan(0, Math.Min(_block.Length, 2 * samples.Length));
        var count = raw.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) / 2;
        if ((_left -= count) < 0)
        {
            Fault = WavSource.TooLong(limits);
            return 0;
        }
        var pcm = MemoryMarshal.Cast<byte, short>(bytes); // little-endian, as every machine that .NET runs on here
        for (var i = 0; i < count; i++) samples[i] = pcm[i] / 32768f;
        return count;
    }
}
