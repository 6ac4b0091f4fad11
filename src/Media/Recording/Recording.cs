using System.Runtime.InteropServices;
using TeleCube.Media.Codecs;
using TeleCube.Media.Messages;

namespace TeleCube.Media.Recording;

/// <summary>
/// One recording: a window of two seconds in which frames find their place, silence where none came, written out behind a hold-back
/// that is longer than any frame can be late. Used by the recording thread, but for <see cref="Stop"/>.
/// </summary>
sealed class Recording(StreamId stream, string path, int channels, RecordingFormat format, long startedNs)
{
    const int WindowSamples = 16384, HoldBackSamples = Timeline.ToleranceSamples + 1600, ChunkSamples = 4096;

    readonly byte[][] _window = [.. Enumerable.Range(0, channels).Select(_ => Silence())];
    readonly byte[] _frame = new byte[2048];
    readonly byte[] _chunk = new byte[ChunkSamples * channels * (format == RecordingFormat.Pcm ? 2 : 1)];
    WavWriter? _file;
    long _flushed, _stoppedNs;

    public RecordingChannel[] Channels { get; } = [.. Enumerable.Range(0, channels).Select(_ => new RecordingChannel(startedNs))];

    public bool IsStopped => Interlocked.Read(ref _stoppedNs) != 0;

    public static long SamplesOf(long ns) => ns / 125_000; // 8000 a second

    /// <summary>Any thread; the file ends at this moment.</summary>
    public void Stop(long nowNs)
    {
        if (Interlocked.CompareExchange(ref _stoppedNs, nowNs, 0) != 0) return;
        foreach (var channel in Channels) channel.Stop();
    }

    /// <summary>Moves what is ripe to the file. Returns the last event when the recording is over.</summary>
    public MediaEvent.RecordingEnded? Pump(long nowNs)
    {
        var stoppedNs = Interlocked.Read(ref _stoppedNs);
        try
        {
            _file ??= new(path, format, channels);
            var ripe = stoppedNs != 0 ? SamplesOf(stoppedNs - startedNs) : SamplesOf(nowNs - startedNs) - HoldBackSamples;
            var isFull = !Advance(ripe, all: stoppedNs != 0);
            return stoppedNs != 0 || isFull ? End(isFull ? "file-full" : Overrun, nowNs) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Broken(e, nowNs);
        }
    }

    string? Overrun => Channels.Any(channel => channel.HasOverrun) ? "disk-too-slow" : null;

    bool Advance(long ripe, bool all)
    {
        while (_flushed < ripe && (all || ripe - _flushed >= ChunkSamples))
        {
            for (var side = 0; side < channels; side++) Fill(side);
            var count = (int)Math.Min(ripe - _flushed, ChunkSamples);
            if (!Flush(count)) return false;
        }
        return true;
    }

    // Takes what has its place in the window; what lies beyond stays in the ring until the window has moved.
    void Fill(int side)
    {
        var ring = Channels[side].Ring;
        while (ring.TryPeek(out var place, out var codec, out var length) && place + length <= _flushed + WindowSamples)
        {
            var frame = _frame.AsSpan(0, length);
            ring.Read(frame);
            if (codec == Codec.Pcmu) G711.MuLawToALawInPlace(frame);
            for (var i = (int)Math.Max(0, _flushed - place); i < length; i++) _window[side][(place + i) & (WindowSamples - 1)] = frame[i];
        }
    }

    bool Flush(int count)
    {
        var at = 0;
        for (var i = 0; i < count; i++)
            for (var side = 0; side < channels; side++)
            {
                ref var code = ref _window[side][(_flushed + i) & (WindowSamples - 1)];
                if (format == RecordingFormat.ALaw) _chunk[at++] = code;
                else
                {
                    var sample = G711.FromALaw(code);
                    MemoryMarshal.Write(_chunk.AsSpan(at), in sample);
                    at += 2;
                }
                code = G711.ALawSilence;
            }
        _flushed += count;
        return _file!.TryAppend(_chunk.AsSpan(0, at));
    }

    MediaEvent.RecordingEnded End(string? fault, long nowNs)
    {
        Stop(nowNs);
        _file!.Patch();
        _file.Dispose();
        return new(stream, path, _file.Length, fault);
    }

    // What was written stays; the streams go on, only their copies are no longer taken.
    MediaEvent.RecordingEnded Broken(Exception fault, long nowNs)
    {
        Stop(nowNs);
        _file?.Dispose();
        return new(stream, path, _file?.Length ?? TimeSpan.Zero, $"disk-error: {fault.Message}");
    }

    static byte[] Silence()
    {
        var window = new byte[WindowSamples];
        window.AsSpan().Fill(G711.ALawSilence);
        return window;
    }
}
