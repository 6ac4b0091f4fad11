using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>The feeds of a <see cref="MemoryJournal"/>; guarded by its lock.</summary>
sealed class MemoryFeeds
{
    readonly Dictionary<TenantId, List<FeedEvent>> _events = [];
    readonly Dictionary<TenantId, long> _last = [];

    public void Publish(StoreWrite.Publish said)
    {
        var number = _last[said.Tenant] = _last.GetValueOrDefault(said.Tenant) + 1;
        if (!_events.TryGetValue(said.Tenant, out var events)) _events[said.Tenant] = events = [];
        events.Add(new FeedEvent(number, said.Type, said.At, said.Json));
    }

    public IReadOnlyList<FeedEvent> Read(TenantId tenant, long after, int limit) =>
        [.. _events.GetValueOrDefault(tenant, []).Where(said => said.Number > after).Take(limit)];

    public FeedRange Range(TenantId tenant)
    {
        var last = _last.GetValueOrDefault(tenant);
        return new(_events.GetValueOrDefault(tenant, []) is [var oldest, ..] ? oldest.Number : last + 1, last);
    }

    public long DropBefore(DateTimeOffset before) => _events.Values.Sum(events =>
    {
        var kept = events.FindIndex(said => said.At >= before);
        var dropped = kept < 0 ? events.Count : kept;
        events.RemoveRange(0, dropped);
        return (long)dropped;
    });
}
