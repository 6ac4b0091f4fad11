using TeleCube.Load.Report;
using TeleCube.Load.Rtp;

namespace TeleCube.Load.Benches;

/// <summary>The two tables of a relay run: what it costs and how late it is.</summary>
sealed class RelayTables
{
    readonly ReportTable _cost;
    readonly ReportTable _delay;

    public RelayTables(LoadReport report, int runs, TimeSpan length)
    {
        _cost = report.Table(
            "Relay of bridged G.711 calls",
            $"Both directions, 50 packets a second each; medians of {runs} windows of {length.TotalSeconds} s, the paths interleaved. A call-second is one bridged call for one second (100 packets). "
            + "Compare × C twin, the median of the rounds' ratios, not the absolute figures.");
        _delay = report.Table(
            "Delay of the relay, µs",
            "From just before the generator's `send` to the kernel's receive stamp. Added: the target's percentile less the direct path's in the same run. The generator's own lateness shows how full the machine was.");
    }

    public void Refused(int calls, IReadOnlyList<int> statuses) => _cost.Add(
        ("calls", calls), ("path", "target"),
        ("note", $"{statuses.Count} calls did not stand ({string.Join(", ", statuses.CountBy(status => status).Select(pair => $"{pair.Value} × {pair.Key}"))}); larger sizes were not tried"));

    public void Add(int calls, Dictionary<string, List<RelaySample>> samples, int standing, int unanswered, long skipped)
    {
        var twin = samples["C twin"];
        foreach (var (path, windows) in samples)
        {
            // Windows of one round lie seconds apart, so their ratio is steadier than the ratio of two medians.
            var ratios = windows.Zip(twin, (sample, reference) => sample.CpuUsPerPacket / reference.CpuUsPerPacket).Where(double.IsFinite).ToArray();
            var measured = windows.Any(sample => sample.Cpu > TimeSpan.Zero);
            _cost.Add(
                ("calls", calls), ("path", path), ("CPU µs/packet", measured ? Statistics.Median(windows.Select(sample => sample.CpuUsPerPacket)) : null),
                ("CPU ms/call-second", measured ? Statistics.Median(windows.Select(sample => sample.CpuMsPerCallSecond)) : null),
                ("× C twin", measured ? Statistics.Median(ratios) : null),
                ("lowest", measured && ratios.Length > 0 ? ratios.Min() : null), ("greatest", measured && ratios.Length > 0 ? ratios.Max() : null), ("loss %", Statistics.Median(windows.Select(sample => sample.LossPercent))),
                ("greatest loss %", windows.Max(sample => sample.LossPercent)), ("misrouted", windows.Sum(sample => sample.Window.Misrouted)),
                ("generator CPU %", Statistics.Median(windows.Select(sample => sample.GeneratorPercent))),
                ("note", path == "target" ? Note(calls, standing, unanswered, skipped) : ""));
        }
        var direct = Merge(samples["direct"], sample => sample.Window.Latency);
        foreach (var (path, windows) in samples) Delay(calls, path, windows, direct);
    }

    void Delay(int calls, string path, List<RelaySample> windows, LatencyHistogram direct)
    {
        var latency = Merge(windows, sample => sample.Window.Latency);
        var lateness = Merge(windows, sample => sample.Window.Lateness);
        double? Added(double share) => path == "direct" ? null : latency.At(share) - direct.At(share);
        _delay.Add(
            ("calls", calls), ("path", path), ("packets", latency.Count), ("p50", latency.At(0.5)), ("p99", latency.At(0.99)), ("p99.9", latency.At(0.999)),
            ("added p50", Added(0.5)), ("added p99", Added(0.99)), ("added p99.9", Added(0.999)), ("generator late p99", lateness.At(0.99)));
    }

    static LatencyHistogram Merge(List<RelaySample> windows, Func<RelaySample, LatencyHistogram> which)
    {
        var sum = new LatencyHistogram();
        foreach (var sample in windows) sum.Add(which(sample));
        return sum;
    }

    static string Note(int calls, int standing, int unanswered, long skipped) => string.Join("; ", new[]
    {
        standing < calls ? $"{calls - standing} calls ended by themselves" : "",
        unanswered > 0 ? $"{unanswered} BYEs unanswered" : "",
        skipped > 0 ? $"the generator left out {skipped} frames" : "",
    }.Where(text => text.Length > 0));
}
