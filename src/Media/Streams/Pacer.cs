namespace TeleCube.Media.Streams;

/// <summary>
/// A wheel of 64 slots of 1 ms that says which streams must send a frame now. A new stream gets the emptiest slot of its first
/// frame time, so the work is spread over it. Knows no clock: the loop tells it the time.
/// </summary>
sealed class Pacer
{
    const int Slots = 64; // longer than any frame (60 ms)

    readonly List<MediaStream>[] _slots = new List<MediaStream>[Slots];
    List<MediaStream> _running = [];
    ulong _occupied;
    long _nowMs;

    public Pacer()
    {
        for (var i = 0; i < Slots; i++) _slots[i] = [];
    }

    public bool IsIdle => _occupied == 0;

    /// <summary>When the next slot is due, in ms; only when not idle.</summary>
    public long NextDueMs
    {
        get
        {
            var first = (int)((_nowMs + 1) & 63);
            return _nowMs + 1 + System.Numerics.BitOperations.TrailingZeroCount(System.Numerics.BitOperations.RotateRight(_occupied, first));
        }
    }

    public void Start(MediaStream stream, long nowMs)
    {
        if (stream.DueMs >= 0) return;
        if (IsIdle) _nowMs = nowMs;
        var due = _nowMs + 1;
        for (var at = due + 1; at <= _nowMs + stream.FrameMs; at++)
            if (_slots[at & 63].Count < _slots[due & 63].Count) due = at;
        Put(stream, due);
    }

    public void Stop(MediaStream stream)
    {
        if (stream.DueMs < 0) return;
        var slot = (int)(stream.DueMs & 63);
        stream.DueMs = -1;
        _slots[slot].Remove(stream);
        if (_slots[slot].Count == 0) _occupied &= ~(1UL << slot);
    }

    /// <summary>Runs every slot that is due. A stream that is late sends up to so many frames at once and leaves out the rest.</summary>
    public long Run(long nowMs, int maxFrames, long nowNs)
    {
        var skipped = 0L;
        var last = Math.Min(nowMs, _nowMs + Slots);
        for (var ms = _nowMs + 1; ms <= last && _occupied != 0; ms++)
        {
            if ((_occupied & (1UL << (int)(ms & 63))) == 0) continue;
            skipped += RunSlot((int)(ms & 63), nowMs, maxFrames, nowNs);
        }
        _nowMs = Math.Max(nowMs, _nowMs);
        return skipped;
    }

    long RunSlot(int slot, long nowMs, int maxFrames, long nowNs)
    {
        (_running, _slots[slot]) = (_slots[slot], _running);
        _occupied &= ~(1UL << slot);
        var skipped = 0L;
        foreach (var stream in _running)
        {
            var due = stream.DueMs;
            if (due < 0) continue; // stopped by an earlier one of this round
            if (due > nowMs) // of the wheel's next turn
            {
                Put(stream, due);
                continue;
            }
            var frames = (nowMs - due) / stream.FrameMs + 1;
            stream.DueMs = -1;
            if (!Tick(stream, (int)Math.Min(frames, maxFrames), nowNs)) continue;
            if (frames > maxFrames) stream.SkipTicks((int)(frames - maxFrames));
            skipped += Math.Max(0, frames - maxFrames);
            Put(stream, due + frames * stream.FrameMs);
        }
        _running.Clear();
        return skipped;
    }

    static bool Tick(MediaStream stream, int frames, long nowNs)
    {
        try
        {
            for (var i = 0; i < frames; i++)
                if (!stream.Tick(nowNs)) return false;
            return true;
        }
        catch (Exception e)
        {
            stream.Loop.Broken(stream, e);
            return false;
        }
    }

    void Put(MediaStream stream, long due)
    {
        stream.DueMs = due;
        _slots[due & 63].Add(stream);
        _occupied |= 1UL << (int)(due & 63);
    }
}
