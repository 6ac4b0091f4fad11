namespace TeleCube.Load.Rtp;

/// <summary>Microseconds in buckets of one, up to 200 ms; what is longer counts as 200 ms.</summary>
sealed class LatencyHistogram
{
    readonly long[] _buckets = new long[200_001];

    public long Count { get; private set; }

    public void Add(long nanoseconds)
    {
        _buckets[Math.Clamp(nanoseconds / 1000, 0, _buckets.Length - 1)]++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < _buckets.Length; bucket++) _buckets[bucket] += other._buckets[bucket];
        Count += other.Count;
    }

    /// <summary>The microseconds that this share of the packets did not exceed.</summary>
    public double At(double share)
    {
        if (Count == 0) return double.NaN;
        var left = (long)Math.Ceiling(share * Count);
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
            if ((left -= _buckets[bucket]) <= 0) return bucket;
        return _buckets.Length - 1;
    }
}
