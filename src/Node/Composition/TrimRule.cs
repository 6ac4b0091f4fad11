namespace TeleCube.Node.Composition;

/// <summary>
/// When unused memory is worth giving back: few calls are left of many, and enough was allocated since the last time. Then hardly anybody hears the
/// pause. At most once a minute.
/// </summary>
sealed class TrimRule(TimeProvider clock)
{
    public const long WorthBytes = 64 << 20;

    const int Few = 10; // one in so many is left
    static readonly TimeSpan _calm = TimeSpan.FromSeconds(10), _rest = TimeSpan.FromMinutes(1);

    int _most;
    long _allocated;
    long? _fewSince, _trimmed;

    /// <summary>Asked every few seconds. True: trim now.</summary>
    public bool IsDue(int calls, long allocatedBytes)
    {
        var now = clock.GetTimestamp();
        _most = Math.Max(_most, calls);
        if (calls > _most / Few) _fewSince = null;
        else _fewSince ??= now;
        if (allocatedBytes - _allocated < WorthBytes || !HasPassed(_calm, _fewSince, now) || _trimmed is not null && !HasPassed(_rest, _trimmed, now))
            return false;
        (_most, _allocated, _trimmed, _fewSince) = (calls, allocatedBytes, now, null);
        return true;
    }

    bool HasPassed(TimeSpan time, long? since, long now) => since is { } start && clock.GetElapsedTime(start, now) >= time;
}
