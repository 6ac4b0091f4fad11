using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TeleCube.Media.Codecs;

namespace TeleCube.Media.Recording;

/// <summary>A mono file as the recorder left it, also one whose process died: what counts is how much there is of it, not what its header says.</summary>
public sealed class RecordedFile : IDisposable
{
    const int SampleHz = 8000, FormatAt = 20, PcmFormat = 1, Frame = SampleHz / 50;

    /// <summary>Below -55 dB of full scale there is the noise of the line: ten below what ends a recording, so that nobody who speaks softly is cut.</summary>
    const double QuietEnergy = 58 * 58;

    /// <summary>What is left of the silence after the last word.</summary>
    const int TailSamples = SampleHz / 2;

    readonly FileStream _file;
    readonly bool _pcm;
    short[]? _decoded;

    RecordedFile(FileStream file, bool pcm) => (_file, _pcm) = (file, pcm);

    /// <summary>Null if there is no such file, or the recorder never wrote its header.</summary>
    public static RecordedFile? Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[WavHeader.Bytes];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length)
            return new RecordedFile(file, BinaryPrimitives.ReadUInt16LittleEndian(header[FormatAt..]) == PcmFormat);
        file.Dispose();
        return null;
    }

    public TimeSpan Length => TimeSpan.FromSeconds((double)Samples / SampleHz);

    /// <summary>Without the silence at its end; none if there is nothing else.</summary>
    public TimeSpan SpokenLength
    {
        get
        {
            var samples = Decoded();
            var end = samples.Length;
            while (end > 0 && IsQuiet(samples.AsSpan(Math.Max(0, end - Frame)..end))) end -= Frame;
            return end <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)Math.Min(samples.Length, end + TailSamples) / SampleHz);
        }
    }

    public long PcmBytes => WavHeader.Bytes + (2 * Samples);

    long Samples => (_file.Length - WavHeader.Bytes) / (_pcm ? 2 : 1);

    /// <summary>As WAV of 16-bit samples, at its beginning.</summary>
    public MemoryStream ToPcm(TimeSpan length)
    {
        var decoded = Decoded();
        var samples = decoded.AsSpan(0, (int)Math.Min(decoded.Length, Math.Round(length.TotalSeconds * SampleHz)));
        var wav = new byte[WavHeader.Bytes + (2 * samples.Length)];
        WavHeader.Write(wav, RecordingFormat.Pcm, 1, 2L * samples.Length);
        MemoryMarshal.AsBytes(samples).CopyTo(wav.AsSpan(WavHeader.Bytes)); // little-endian, as every machine that .NET runs on here
        return new MemoryStream(wav);
    }

    short[] Decoded()
    {
        if (_decoded is not null) return _decoded;
        var decoded = new short[Samples];
        _file.Position = WavHeader.Bytes;
        if (_pcm)
        {
            _file.ReadExactly(MemoryMarshal.AsBytes(decoded.AsSpan()));
            return _decoded = decoded;
        }

        var codes = new byte[decoded.Length];
        _file.ReadExactly(codes);
        for (var i = 0; i < codes.Length; i++) decoded[i] = G711.FromALaw(codes[i]);
        return _decoded = decoded;
    }

    static bool IsQuiet(ReadOnlySpan<short> frame)
    {
        var energy = 0.0;
        foreach (var sample in frame) energy += (double)sample * sample;
        return energy < QuietEnergy * frame.Length;
    }

    public void Dispose() => _file.Dispose();
}
