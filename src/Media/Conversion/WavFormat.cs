using System.Buffers.Binary;

namespace TeleCube.Media.Conversion;

/// <summary>How samples are written in a WAV file.</summary>
enum WavEncoding { Pcm, Float, ALaw, MuLaw }

/// <summary>The chunk <c>fmt </c> of a WAV file, WAVE_FORMAT_EXTENSIBLE included (RFC 2361; Microsoft's "Multiple channel audio data").</summary>
readonly record struct WavFormat(WavEncoding Encoding, int Channels, int RateHz, int SampleBytes)
{
    /// <summary>As many bytes of the chunk as are looked at.</summary>
    public const int MostBytes = 40;

    const int LeastBytes = 16;
    const ushort Extensible = 0xFFFE;

    /// <summary>What follows the two bytes of the format in the GUID of a sub-format.</summary>
    static ReadOnlySpan<byte> SubFormatTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    public int FrameBytes => Channels * SampleBytes;

    public static bool TryParse(ReadOnlySpan<byte> chunk, out WavFormat format, out AudioFault? fault)
    {
        format = default;
        fault = chunk.Length < LeastBytes ? Bad($"its format chunk has {chunk.Length} bytes, at least {LeastBytes} are needed") : null;
        if (fault is not null) return false;
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        var frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        fault = Odd(channels, rate);
        if (fault is not null || !TryEncoding(chunk, out var encoding, out fault)) return false;

        format = new WavFormat(encoding, channels, (int)rate, (bits + 7) / 8);
        fault = Fits(encoding, bits) ? null : new(AudioFault.UnsupportedEncoding, $"WAV with samples of {bits} bits in this encoding is not read here.");
        if (fault is null && format.FrameBytes != frameBytes)
            fault = Bad($"it says {frameBytes} bytes for a sample of {channels} channels and {bits} bits; {format.FrameBytes} would be right");
        return fault is null;
    }

    static AudioFault? Odd(int channels, uint rate)
    {
        if (channels is 0 or > ConversionLimits.MaxChannels) return Bad($"it has {channels} channels; 1 to {ConversionLimits.MaxChannels} are taken");
        return rate is < ConversionLimits.MinRateHz or > ConversionLimits.MaxRateHz
            ? Bad($"it has {rate} samples a second; {ConversionLimits.MinRateHz} to {ConversionLimits.MaxRateHz} are taken")
            : null;
    }

    static bool TryEncoding(ReadOnlySpan<byte> chunk, out WavEncoding encoding, out AudioFault? fault)
    {
        encoding = default;
        fault = null;
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (tag == Extensible)
        {
            fault = chunk.Length < MostBytes ? Bad("its extended format is cut off") : null;
            if (fault is not null) return false;
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
            if (!chunk[26..40].SequenceEqual(SubFormatTail)) tag = 0;
        }

        WavEncoding? known = tag switch { 1 => WavEncoding.Pcm, 3 => WavEncoding.Float, 6 => WavEncoding.ALaw, 7 => WavEncoding.MuLaw, _ => null };
        if (known is null) fault = new(AudioFault.UnsupportedEncoding, $"WAV in this encoding (number {tag}) is not read here.");
        encoding = known ?? default;
        return known is not null;
    }

    static bool Fits(WavEncoding encoding, int bits) => encoding switch
    {
        WavEncoding.Pcm => bits is >= 8 and <= 32, // 12 or 20 bits stand at the upper end of 2 or 3 bytes
        WavEncoding.Float => bits is 32 or 64,
        _ => bits == 8,
    };

    static AudioFault Bad(string text) => new(AudioFault.BadHeader, "The WAV header is wrong: " + text + ".");
}
