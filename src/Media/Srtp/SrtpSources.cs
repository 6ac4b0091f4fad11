namespace TeleCube.Media.Srtp;

/// <summary>
/// The replay windows of the last few SSRCs under one key. A peer that restarts its stream gets a new one; the old ones are kept a
/// while, so that their packets can't be replayed as a "new" stream.
/// </summary>
sealed class SrtpSources
{
    const int Capacity = 8;

    readonly uint[] _ssrcs = new uint[Capacity];
    readonly ReplayWindow[] _windows = new ReplayWindow[Capacity];
    int _count, _next;

    public bool IsEmpty => _count == 0;

    /// <summary>A copy to ask before authentication; a new source's is empty.</summary>
    public ReplayWindow Look(uint ssrc)
    {
        var at = Find(ssrc);
        return at < 0 ? default : _windows[at];
    }

    /// <summary>The window itself, to commit to; the oldest source makes room for a new one.</summary>
    public ref ReplayWindow Window(uint ssrc)
    {
        var at = Find(ssrc);
        if (at < 0)
        {
            at = _next;
            (_next, _count) = ((_next + 1) % Capacity, Math.Min(_count + 1, Capacity));
            (_ssrcs[at], _windows[at]) = (ssrc, default);
        }
        return ref _windows[at];
    }

    int Find(uint ssrc) => _ssrcs.AsSpan(0, _count).IndexOf(ssrc);
}
