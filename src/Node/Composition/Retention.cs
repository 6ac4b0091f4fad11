using TeleCube.Actors.Calls.Views;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage;

namespace TeleCube.Node.Composition;

/// <summary>
/// Once an hour drops the journals and timelines of calls that ended longer ago than <c>telecube.storage.call-retention</c>. CDRs stay.
/// </summary>
sealed class Retention : IDisposable
{
    const int TimelinesAtOnce = 500;

    readonly IStore _store;
    readonly TimeSpan _keep;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly ITimer _timer;

    public Retention(IStore store, TimeSpan keep, TimeProvider clock, ILogger log)
    {
        (_store, _keep, _clock, _log) = (store, keep, clock, log);
        _timer = clock.CreateTimer(_ => _ = Sweep(), null, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
    }

    public void Dispose() => _timer.Dispose();

    async Task Sweep()
    {
        try
        {
            var before = _clock.GetUtcNow() - _keep;
            var streams = await _store.DropCallEventsBefore(DateOnly.FromDateTime(before.UtcDateTime));
            var timelines = await DropTimelines(before);
            if (streams + timelines > 0) _log.LogInformation("{Streams} journals and {Timelines} timelines of old calls were dropped", streams, timelines);
        }
        catch (Exception fault)
        {
            _log.LogWarning(fault, "old calls could not be dropped; the next try is in an hour");
        }
    }

    async Task<long> DropTimelines(DateTimeOffset before)
    {
        var old = new ReadModelQuery(
            CallViews.Timelines.Name, null, [new ReadModelFilter("ended_at", FilterOperator.Below, before)],
            "ended_at", Ascending: true, TimelinesAtOnce, null);
        for (var dropped = 0L; ;)
        {
            var page = await _store.Query(old);
            if (page.Rows.Count == 0) return dropped;
            await _store.Write([.. page.Rows.Select(row => new StoreWrite.Delete(CallViews.Timelines.Name, row.Tenant, row.Id))]);
            dropped += page.Rows.Count;
        }
    }
}
