using System.Buffers.Binary;

namespace TeleCube.Media.Conversion;

/// <summary>
/// Reads a WAV file of any usual kind. What its header says is believed only as far as the file is there: nothing is allocated by a number in it,
/// and a promise that the file does not keep is a fault.
/// </summary>
sealed class WavSource : SampleSource
{
    const int BlockBytes = 32 << 10;
    const int MaxChunks = 1000;

    /// <summary>Of a hundred samples; more that are no numbers are no click of a filter that went astray, but a file that was written wrongly.</summary>
    const int MostNotNumbers = 1;

    readonly Stream _file;
    readonly WavFormat _format;
    readonly byte[] _block;
    readonly float[] _samples;
    readonly long _frames;
    long _framesLeft, _notNumbers;

    WavSource(Stream file, WavFormat format, long frames)
    {
        (_file, _format, _frames, _framesLeft) = (file, format, frames, frames);
        _block = new byte[BlockBytes / format.FrameBytes * format.FrameBytes];
        _samples = new float[_block.Length / format.SampleBytes];
    }

    public override int RateHz => _format.RateHz;

    /// <summary>The file must be able to seek, and stands at its beginning.</summary>
    public static WavSource? Open(Stream file, ConversionLimits limits, out AudioFault? fault)
    {
        Span<byte> header = stackalloc byte[12];
        fault = new(AudioFault.NotAudio, "It is no WAV file.");
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) return null;
        if (header[..4].SequenceEqual("RIFX"u8)) fault = new(AudioFault.UnsupportedEncoding, "Big-endian WAV (RIFX) is not read here.");
        var large = header[..4].SequenceEqual("RF64"u8) || header[..4].SequenceEqual("BW64"u8);
        if (!large && !header[..4].SequenceEqual("RIFF"u8) || !header[8..].SequenceEqual("WAVE"u8)) return null;
        return FindData(file, large, out var format, out var dataBytes, out fault) ? Audio(file, format, dataBytes, limits, out fault) : null;
    }

    public override int Read(Span<float> samples)
    {
        var frames = (int)Math.Min(_framesLeft, Math.Min(samples.Length, _block.Length / _format.FrameBytes));
        if (frames == 0) return 0;
        var bytes = _block.AsSpan(0, frames * _format.FrameBytes);
        if (_file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            Fault = new(AudioFault.Truncated, "The file ends in the middle of its audio.");
            _framesLeft = 0;
            return 0;
        }
        _framesLeft -= frames;
        var all = _samples.AsSpan(0, frames * _format.Channels);
        _notNumbers += SampleDecoding.CountNotNumbers(_format, bytes);
        if (_framesLeft == 0 && NotNumbers is { } fault)
        {
            Fault = fault;
            return 0;
        }
        SampleDecoding.Decode(_format, bytes, all);
        SampleDecoding.MixToMono(all, _format.Channels, samples[..frames]);
        return frames;
    }

    AudioFault? NotNumbers => _notNumbers * 100 <= _frames * _format.Channels * MostNotNumbers
        ? null
        : new(AudioFault.NotNumbers,
            $"{_notNumbers} of its {_frames * _format.Channels} samples are no numbers (NaN or infinite). Save it again, as PCM of 16 bits.");

    /// <summary>Walks over the chunks until the one with the audio; the file then stands at its first byte.</summary>
    static bool FindData(Stream file, bool large, out WavFormat format, out long dataBytes, out AudioFault? fault)
    {
        (format, dataBytes, fault) = (default, 0, null);
        Span<byte> head = stackalloc byte[8];
        var (formatSeen, largeBytes) = (false, -1L);
        for (var chunks = 0; chunks < MaxChunks && file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length; chunks++)
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            var body = file.Position;
            if (head[..4].SequenceEqual("data"u8))
            {
                dataBytes = large && size == uint.MaxValue && largeBytes >= 0 ? largeBytes : size;
                if (!formatSeen) fault = new(AudioFault.BadHeader, "The WAV header is wrong: nothing says how its audio is written.");
                return formatSeen;
            }
            if (head[..4].SequenceEqual("fmt "u8))
            {
                if (!ReadFormat(file, size, out format, out fault)) return false;
                formatSeen = true;
            }
            if (large && head[..4].SequenceEqual("ds64"u8)) largeBytes = ReadLargeSize(file, size);
            var next = body + size + (size & 1); // chunks are padded to even lengths
            if (next > file.Length) break;
            file.Position = next;
        }
        fault = NoAudio;
        return false;
    }

    static bool ReadFormat(Stream file, long size, out WavFormat format, out AudioFault? fault)
    {
        Span<byte> bytes = stackalloc byte[WavFormat.MostBytes];
        bytes = bytes[..(int)Math.Min(size, WavFormat.MostBytes)];
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length) return WavFormat.TryParse(bytes, out format, out fault);
        (format, fault) = (default, NoAudio);
        return false;
    }

    /// <summary>RF64 (EBU Tech 3306): the size of the audio in 64 bits, behind that of the file.</summary>
    static long ReadLargeSize(Stream file, long size)
    {
        Span<byte> sizes = stackalloc byte[16];
        return size >= sizes.Length && file.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) == sizes.Length
            ? BinaryPrimitives.ReadInt64LittleEndian(sizes[8..])
            : -1;
    }

    static WavSource? Audio(Stream file, WavFormat format, long bytes, ConversionLimits limits, out AudioFault? fault)
    {
        var there = file.Length - file.Position;
        var frames = bytes / format.FrameBytes;
        var seconds = (double)frames / format.RateHz;
        fault = bytes < 0 || bytes > there ? new(AudioFault.Truncated, $"The file is cut off: its header promises {bytes} bytes of audio, {there} are there.")
            : frames == 0 ? new(AudioFault.Empty, "There is no audio in the file.")
            : seconds > limits.MaxLength.TotalSeconds ? TooLong(limits)
            : null;
        return fault is null ? new WavSource(file, format, frames) : null;
    }

    static AudioFault NoAudio => new(AudioFault.Truncated, "The file has a WAV header, but it ends, or goes wrong, before any audio.");

    internal static AudioFault TooLong(ConversionLimits limits) =>
        new(AudioFault.TooLong, $"It is longer than {limits.MaxLength.TotalMinutes:0.##} minutes, the most that is taken.");
}
