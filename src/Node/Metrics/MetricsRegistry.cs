using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TeleCube.Node.Metrics;

/// <summary>Listens to every meter of ours and to the runtime's, and keeps what they measured until Prometheus asks.</summary>
public sealed class MetricsRegistry : IDisposable
{
    readonly MeterListener _listener = new();
    readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    readonly Lock _scrape = new();

    public void Start()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter.Name)) listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => ((MetricFamily)family!).Record((double)value, tags));
        _listener.Start();
    }

    /// <summary>Asks the observable instruments and writes everything in Prometheus' text format.</summary>
    public string Scrape()
    {
        lock (_scrape)
        {
            foreach (var family in _families.Values) family.Forget();
            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    static bool IsOurs(string meter) => meter == "TeleCube" || meter.StartsWith("TeleCube.", StringComparison.Ordinal) || meter == "System.Runtime";

    MetricFamily FamilyOf(Instrument instrument)
    {
        var name = PrometheusText.NameOf(instrument);
        return _families.GetOrAdd(name, static (named, first) => new MetricFamily(named, first), instrument);
    }

    public void Dispose() => _listener.Dispose();
}
