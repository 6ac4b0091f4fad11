using System.Diagnostics.Metrics;
using TeleCube.Node.Metrics;

namespace TeleCube.Node.Tests.Metrics;

public sealed class MetricsRegistryTests : IDisposable
{
    readonly MetricsRegistry _registry = new();
    readonly Meter _meter = new("TeleCube.Test");

    public MetricsRegistryTests() => _registry.Start();

    [Fact]
    public void A_counter_adds_up_by_its_labels()
    {
        var counter = _meter.CreateCounter<long>("telecube.test.messages", null, "Messages \"seen\"");
        counter.Add(1, new KeyValuePair<string, object?>("method", "INVITE"));
        counter.Add(2, new KeyValuePair<string, object?>("method", "INVITE"));
        counter.Add(5, new KeyValuePair<string, object?>("method", "BYE\"\n"));

        var text = _registry.Scrape();

        Assert.Contains("# HELP telecube_test_messages_total Messages \"seen\"\n# TYPE telecube_test_messages_total counter\n", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_messages_total{method=\"INVITE\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_messages_total{method=\"BYE\\\"\\n\"} 5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_cumulates_its_buckets()
    {
        var histogram = _meter.CreateHistogram("telecube.test.setup", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var seconds in new[] { 0.05, 0.1, 0.5, 3 }) histogram.Record(seconds);

        var text = _registry.Scrape();

        Assert.Contains("telecube_test_setup_seconds_bucket{le=\"0.1\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_setup_seconds_bucket{le=\"1\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_setup_seconds_bucket{le=\"+Inf\"} 4\n", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_setup_seconds_sum 3.65\n", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_setup_seconds_count 4\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_observed_is_as_it_is_at_the_scrape()
    {
        var calls = new Dictionary<string, int> { ["a"] = 3, ["b"] = 4 };
        _meter.CreateObservableUpDownCounter("telecube.test.calls", () => calls.Select(call => new Measurement<int>(call.Value, new KeyValuePair<string, object?>("tenant", call.Key))));
        var up = _meter.CreateUpDownCounter<int>("telecube.test.legs");
        up.Add(3);
        up.Add(-1);
        _meter.CreateGauge<double>("telecube.test.load").Record(0.5);

        Assert.Contains("telecube_test_calls{tenant=\"a\"} 3\n", _registry.Scrape(), StringComparison.Ordinal);
        calls.Remove("a");
        var text = _registry.Scrape();

        Assert.DoesNotContain("tenant=\"a\"", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_calls{tenant=\"b\"} 4\n", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_legs 2\n", text, StringComparison.Ordinal);
        Assert.Contains("telecube_test_load 0.5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_runtime_and_the_process_are_there()
    {
        using var process = new ProcessMetrics();
        GC.Collect();

        var text = _registry.Scrape();

        Assert.Contains("dotnet_gc_collections_total", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_thread_pool_thread_count", text, StringComparison.Ordinal);
        Assert.Contains("process_open_fds ", text, StringComparison.Ordinal);
        Assert.Contains("process_resident_memory_bytes ", text, StringComparison.Ordinal);
        Assert.Contains("process_cpu_seconds_total ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_series_is_counted_without_an_allocation()
    {
        var counter = _meter.CreateCounter<long>("telecube.test.packets");
        object method = "INVITE";
        counter.Add(1, new KeyValuePair<string, object?>("method", method));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) counter.Add(1, new KeyValuePair<string, object?>("method", method));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_number_of_series_is_bounded()
    {
        var counter = _meter.CreateCounter<long>("telecube.test.sources");
        for (var i = 0; i < 5000; i++) counter.Add(1, new KeyValuePair<string, object?>("source", i));

        var lines = _registry.Scrape().Split('\n').Where(line => line.StartsWith("telecube_test_sources_total{", StringComparison.Ordinal)).ToList();

        Assert.Equal(2001, lines.Count);
        Assert.Contains("telecube_test_sources_total{overflow=\"true\"} 3000", lines);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _registry.Dispose();
    }
}
