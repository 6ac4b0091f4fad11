using System.Diagnostics.Metrics;

namespace TeleCube.Node.Metrics;

/// <summary>Prometheus' types.</summary>
public enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>What an instrument is to Prometheus.</summary>
static class MetricKinds
{
    /// <summary>In seconds: from a fast statement to a call set-up that nobody waits for.</summary>
    static readonly double[] DefaultBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static MetricKind Of(Instrument instrument) => NameOf(instrument) switch
    {
        "Counter" or "ObservableCounter" => MetricKind.Counter,
        "Histogram" => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };

    public static bool IsPlainGauge(Instrument instrument) => NameOf(instrument) == "Gauge";

    public static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Instrument<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Instrument<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };

    static string NameOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0];
}
