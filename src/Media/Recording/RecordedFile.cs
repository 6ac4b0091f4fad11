using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TeleCube.Media.Codecs;

namespace TeleCube.Media.Recording;

/// <summary>A mono file as the recorder left it, also one whose process died: what counts is how much there is of it, not what its header says.</summary>
public sealed class RecordedFile : IDisposable
{
    const int SampleHz = 8000, FormatAt = 20, PcmFormat = 1;

    readonly FileStream _file;
    readonly bool _pcm;

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

    public long PcmBytes => WavHeader.Bytes + (2 * Samples);

    long Samples => (_file.Length - WavHeader.Bytes) / (_pcm ? 2 : 1);

    /// <summary>The whole as WAV of 16-bit samples, at its beginning.</summary>
    public MemoryStream ToPcm()
    {
        var samples = (int)Samples;
        var wav = new byte[WavHeader.Bytes + (2 * samples)];
        WavHeader.Write(wav, RecordingFormat.Pcm, 1, 2L * samples);
        _file.Position = WavHeader.Bytes;
        if (_pcm)
        {
            _file.ReadExactly(wav.AsSpan(WavHeader.Bytes));
            return new MemoryStream(wav);
        }

        var codes = new byte[samples];
        _file.ReadExactly(codes);
        var to = MemoryMarshal.Cast<byte, short>(wav.AsSpan(WavHeader.Bytes)); // little-endian, as every machine that .NET runs on here
        for (var i = 0; i < samples; i++) to[i] = G711.FromALaw(codes[i]);
        return new MemoryStream(wav);
    }

    public void Dispose() => _file.Dispose();
}
