using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TeleCube.Node.Metrics;

/// <summary>All series of one metric; instruments of the same name add up.</summary>
public sealed class MetricFamily
{
    const int MaxSeries = 2_000; // a label that grows with traffic must not eat the memory; what is beyond lands in one series

    static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", "true")];

    readonly ConcurrentDictionary<MetricLabels, MetricSeries> _series = new(MetricLabels.Comparer);
    readonly ConcurrentDictionary<MetricLabels, MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    readonly double[] _bounds;
    readonly bool _sets; // a plain gauge is told its new value; all else adds up, an observable from zero at each scrape

    public MetricFamily(string name, Instrument instrument)
    {
        (Name, Description) = (name, instrument.Description ?? "");
        IsObservable = instrument.IsObservable;
        Kind = MetricKinds.Of(instrument);
        _sets = MetricKinds.IsPlainGauge(instrument);
        _bounds = Kind == MetricKind.Histogram ? MetricKinds.BoundsOf(instrument) : [];
        _lookup = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public string Description { get; }

    public MetricKind Kind { get; }

    public bool IsObservable { get; }

    public IEnumerable<KeyValuePair<MetricLabels, MetricSeries>> Series => _series.Where(series => series.Value.IsSeen);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_lookup.TryGetValue(tags, out var series))
        {
            var labels = new MetricLabels(_series.Count < MaxSeries ? tags.ToArray() : Overflow);
            series = _series.GetOrAdd(labels, static (_, bounds) => new MetricSeries(bounds), _bounds);
        }
        if (_sets) series.Set(value);
        else series.Add(value);
    }

    /// <summary>Before a scrape: what is observed says all its series anew.</summary>
    public void Forget()
    {
        if (!IsObservable) return;
        foreach (var series in _series.Values) series.Reset();
    }
}
