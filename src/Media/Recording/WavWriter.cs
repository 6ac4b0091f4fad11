using Microsoft.Win32.SafeHandles;

namespace TeleCube.Media.Recording;

/// <summary>A growing WAV file whose header is right at any moment to within two seconds, so that a crash loses no more.</summary>
sealed class WavWriter : IDisposable
{
    const int PatchEverySeconds = 2;

    readonly SafeFileHandle _file;
    readonly RecordingFormat _format;
    readonly int _channels;
    readonly byte[] _header = new byte[WavHeader.Bytes];
    long _dataBytes, _patchedBytes;

    public WavWriter(string path, RecordingFormat format, int channels)
    {
        (_format, _channels) = (format, channels);
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        Patch();
    }

    int FrameBytes => _channels * (_format == RecordingFormat.Pcm ? 2 : 1);

    public TimeSpan Length => TimeSpan.FromSeconds((double)_dataBytes / FrameBytes / 8000);

    /// <summary>False: the file is as long as its format allows.</summary>
    public bool TryAppend(ReadOnlySpan<byte> data)
    {
        if (_dataBytes + data.Length > WavHeader.MaxDataBytes) return false;
        RandomAccess.Write(_file, data, WavHeader.Bytes + _dataBytes);
        _dataBytes += data.Length;
        if (_dataBytes - _patchedBytes >= PatchEverySeconds * 8000L * FrameBytes) Patch();
        return true;
    }

    public void Patch()
    {
        WavHeader.Write(_header, _format, _channels, _dataBytes);
        RandomAccess.Write(_file, _header, 0);
        _patchedBytes = _dataBytes;
    }

    public void Dispose() => _file.Dispose();
}
