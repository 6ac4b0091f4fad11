using TeleCube.Media.Messages;

namespace TeleCube.Media.Recording;

/// <summary>One side of a recording as its stream's loop sees it: a place in time and a ring.</summary>
sealed class RecordingChannel(long startedNs)
{
    Timeline _timeline;
    volatile bool _stopped, _overrun;

    public AudioRing Ring { get; } = new();
    public bool IsStopped => _stopped;

    /// <summary>The ring was full: a gap was recorded.</summary>
    public bool HasOverrun => _overrun;

    public void Stop() => _stopped = true;

    public void Push(uint ssrc, uint timestamp, Codec codec, ReadOnlySpan<byte> payload, long nowNs)
    {
        if (_stopped) return;
        var place = _timeline.Place(ssrc, timestamp, Recording.SamplesOf(nowNs - startedNs));
        if (!Ring.TryWrite(place, codec, payload)) _overrun = true;
    }
}
