using TeleCube.Load.Machine;
using TeleCube.Load.Report;

namespace TeleCube.Load.Benches;

/// <summary>The samples of a soak: every quantity over time, its slope once warm, and whether it came back.</summary>
sealed class SoakSeries
{
    readonly Dictionary<string, List<(double Minutes, double Value)>> _series = new(StringComparer.Ordinal);
    readonly Dictionary<string, double> _before = new(StringComparer.Ordinal);
    readonly Dictionary<string, double> _after = new(StringComparer.Ordinal);

    public void Before(ProcessSample sample, Dictionary<string, double> gauges) => Keep(_before, sample, gauges);

    public void After(ProcessSample sample, Dictionary<string, double> gauges) => Keep(_after, sample, gauges);

    public void Add(double minutes, ProcessSample sample, Dictionary<string, double> gauges)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        Keep(values, sample, gauges);
        foreach (var (name, value) in values)
        {
            if (!_series.TryGetValue(name, out var points)) _series[name] = points = [];
            points.Add((minutes, value));
        }
    }

    /// <summary>The names of what grew; empty is what one hopes for.</summary>
    public IReadOnlyList<string> Report(ReportTable table)
    {
        var growing = new List<string>();
        foreach (var (name, points) in _series.OrderBy(series => series.Key, StringComparer.Ordinal))
        {
            // The first third fills pools and caches.
            var warm = points.Skip(points.Count / 3).ToArray();
            var (slope, middle) = (Statistics.Slope(warm), Statistics.Median(warm.Select(point => point.Value)));
            var minutes = warm.Length > 1 ? warm[^1].Minutes - warm[0].Minutes : 0;
            var (before, after) = (_before.GetValueOrDefault(name), _after.GetValueOrDefault(name));
            var grew = name == Memory ? Grows(slope * minutes, middle) : Left(before, after, middle);
            if (grew) growing.Add(name);
            table.Add(
                ("quantity", name), ("before", before), ("median under load", middle), ("after", after),
                ("slope per minute", slope), ("growth in the run", slope * minutes), ("verdict", grew ? "GREW" : "steady"));
        }
        return growing;
    }

    const string Memory = "memory MB";

    /// <summary>A heap breathes by a tenth; less than that over the run is not growth.</summary>
    static bool Grows(double growth, double middle) => growth > Math.Max(8, middle / 10);

    /// <summary>What counts calls must be as it was once the calls are gone; thread pools and sockets of the tools may leave a few.</summary>
    static bool Left(double before, double after, double underLoad) => after - before > Math.Max(4, (underLoad - before) / 20);

    static void Keep(Dictionary<string, double> values, ProcessSample sample, Dictionary<string, double> gauges)
    {
        values[Memory] = sample.ResidentBytes / 1048576.0;
        values["descriptors"] = sample.Descriptors;
        values["threads"] = sample.Threads;
        foreach (var (name, value) in gauges) values[name] = value;
    }
}
