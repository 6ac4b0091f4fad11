using System.Diagnostics.Metrics;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage;

/// <summary>The meter <c>TeleCube.Storage</c>: what is appended, in which groups, how long a commit takes and what is refused.</summary>
sealed class StoreMetrics : IDisposable
{
    readonly Meter _meter = new("TeleCube.Storage");
    readonly Counter<long> _events;
    readonly Counter<long> _appends;
    readonly Counter<long> _faults;
    readonly Histogram<double> _commit;
    readonly Histogram<int> _group;

    public StoreMetrics(Func<int> queued, Func<StoreHealth> health)
    {
        _events = _meter.CreateCounter<long>("telecube.storage.events", description: "Events committed.");
        _appends = _meter.CreateCounter<long>("telecube.storage.appends", description: "Appends by outcome.");
        _faults = _meter.CreateCounter<long>("telecube.storage.faults", description: "Groups that met a fault of the database.");
        _commit = _meter.CreateHistogram<double>("telecube.storage.commit", "s", "Time to commit a group.");
        _group = _meter.CreateHistogram<int>("telecube.storage.group", description: "Writes in a group.");
        _meter.CreateObservableGauge("telecube.storage.queue", queued, description: "Writes waiting for their group.");
        _meter.CreateObservableGauge("telecube.storage.up", () => health().IsOk ? 1 : 0, description: "1 while the store takes writes.");
    }

    public void Committed(int writes, TimeSpan took)
    {
        _group.Record(writes);
        _commit.Record(took.TotalSeconds);
    }

    public void Settled(AppendStatus status, int events)
    {
        _appends.Add(1, new KeyValuePair<string, object?>("outcome", Name(status)));
        if (status == AppendStatus.Committed) _events.Add(events);
    }

    public void Fault() => _faults.Add(1);

    public void Dispose() => _meter.Dispose();

    static string Name(AppendStatus status) => status switch
    {
        AppendStatus.Committed => "committed",
        AppendStatus.Fenced => "fenced",
        AppendStatus.SequenceConflict => "sequence-conflict",
        AppendStatus.Taken => "taken",
        AppendStatus.Unknown => "unknown",
        AppendStatus.Faulty => "faulty",
        _ => "unavailable",
    };
}
