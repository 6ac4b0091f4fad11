namespace TeleCube.Node.Metrics;

/// <summary>One number, or one histogram.</summary>
public sealed class MetricSeries(double[] bounds)
{
    readonly long[] _buckets = new long[bounds.Length];
    readonly Lock _gate = new();
    double _value;
    long _count;

    public bool IsSeen { get; private set; }

    public void Set(double value)
    {
        lock (_gate) (_value, IsSeen) = (value, true);
    }

    public void Add(double value)
    {
        lock (_gate)
        {
            IsSeen = true;
            _value += value;
            _count++;
            for (var i = 0; i < bounds.Length; i++)
            {
                if (value > bounds[i]) continue;
                _buckets[i]++; // cumulated when written
                break;
            }
        }
    }

    public void Reset()
    {
        lock (_gate) (_value, _count, IsSeen) = (0, 0, false);
    }

    /// <summary>A consistent copy: the sum or value, the count, and the histogram's (bound, cumulated count) pairs.</summary>
    public (double Value, long Count, (double Bound, long Count)[] Buckets) Read()
    {
        lock (_gate)
        {
            var below = 0L;
            return (_value, _count, [.. bounds.Select((bound, i) => (bound, below += _buckets[i]))]);
        }
    }
}
