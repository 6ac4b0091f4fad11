using System.Runtime.CompilerServices;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>A journal, directory and read models that last as long as the process: for tests, and the reference for what every store must do.</summary>
/// <remarks>An append checks fence, sequence and claims in that order and then does all or nothing, under one lock.</remarks>
public sealed class MemoryJournal(params IEnumerable<ReadModel> models) : IJournal, IDirectory, IReadModels, IEventFeeds
{
    static readonly Task<AppendOutcome> _committed = Task.FromResult(AppendOutcome.Committed);

    readonly Lock _gate = new();
    readonly Dictionary<string, List<StoredEvent>> _events = [];
    readonly Dictionary<string, StoredSnapshot> _snapshots = [];
    readonly MemoryTables _tables = new(models);
    readonly FeedBell _bell = new();
    readonly long[] _epochs = [.. Enumerable.Repeat(1L, Shards.Count)];

    /// <summary>Gives the shard to another owner: appends under earlier epochs are fenced from now on.</summary>
    public long TakeOver(int shard)
    {
        lock (_gate) return ++_epochs[shard];
    }

    public Task<AppendOutcome> Append(Append append)
    {
        lock (_gate)
        {
            if (append.Epoch != _epochs[append.Shard])
                return Refused(AppendStatus.Fenced, $"shard {append.Shard} is at epoch {_epochs[append.Shard]}");
            var stream = _events.GetValueOrDefault(append.PersistenceId) ?? [];
            if (Repeats(stream, append.Events)) return _committed;
            if (!Follows(stream, append.Events))
                return Refused(AppendStatus.SequenceConflict, $"the journal ends at {stream.LastOrDefault()?.SequenceNr ?? 0}");
            if (_tables.FirstTaken(append.Writes) is { } taken) return Refused(AppendStatus.Taken, taken);

            _events[append.PersistenceId] = stream;
            stream.AddRange(append.Events.Select(Stored));
            _tables.Apply(append.Writes);
            Ring(append.Writes);
            return _committed;
        }
    }

    public async IAsyncEnumerable<StoredEvent> Read(
        string persistenceId, long fromSequenceNr, [EnumeratorCancellation] CancellationToken stop = default)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        foreach (var stored in EventsOf(persistenceId).Where(stored => stored.SequenceNr >= fromSequenceNr))
        {
            stop.ThrowIfCancellationRequested();
            yield return stored;
        }
    }

    public Task<StoredSnapshot?> LoadSnapshot(string persistenceId, CancellationToken stop = default)
    {
        lock (_gate) return Task.FromResult(_snapshots.GetValueOrDefault(persistenceId));
    }

    /// <summary>Keeps the newest snapshot, whatever the order in which they come.</summary>
    public Task SaveSnapshot(string persistenceId, StoredSnapshot snapshot, CancellationToken stop = default)
    {
        lock (_gate)
            if (_snapshots.GetValueOrDefault(persistenceId) is not { } kept || kept.SequenceNr < snapshot.SequenceNr)
                _snapshots[persistenceId] = snapshot;
        return Task.CompletedTask;
    }

    public ValueTask<TenantId?> Find(string kind, string key, CancellationToken stop = default)
    {
        lock (_gate) return ValueTask.FromResult(_tables.HolderOf(kind, key));
    }

    public async IAsyncEnumerable<EntityId> Remembered(int shard, [EnumeratorCancellation] CancellationToken stop = default)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        EntityId[] remembered;
        lock (_gate) remembered = [.. _tables.Remembered.Where(entity => entity.Shard == shard)];
        foreach (var entity in remembered)
        {
            stop.ThrowIfCancellationRequested();
            yield return entity;
        }
    }

    public Task<ReadModelRow?> Get(string model, TenantId tenant, string id, CancellationToken stop = default)
    {
        lock (_gate) return Task.FromResult(_tables.Get(model, tenant, id));
    }

    public Task<ReadModelPage> Query(ReadModelQuery query, CancellationToken stop = default)
    {
        lock (_gate) return Task.FromResult(_tables.Query(query));
    }

    public Task Write(IReadOnlyList<StoreWrite> writes, CancellationToken stop = default)
    {
        lock (_gate)
        {
            if (_tables.FirstTaken(writes) is { } taken) throw new InvalidOperationException($"{taken} belongs to another tenant");
            _tables.Apply(writes);
            Ring(writes);
        }
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<FeedEvent>> ReadFeed(TenantId tenant, long after, int limit, CancellationToken stop = default)
    {
        lock (_gate) return Task.FromResult(_tables.Feeds.Read(tenant, after, limit));
    }

    public Task<FeedRange> RangeOf(TenantId tenant, CancellationToken stop = default)
    {
        lock (_gate) return Task.FromResult(_tables.Feeds.Range(tenant));
    }

    public Task<bool> NextOf(TenantId tenant) => _bell.Next(tenant);

    public Task<long> DropFeedBefore(DateTimeOffset before, CancellationToken stop = default)
    {
        lock (_gate) return Task.FromResult(_tables.Feeds.DropBefore(before));
    }

    /// <summary>All events of one actor, for a test to look at.</summary>
    public IReadOnlyList<StoredEvent> EventsOf(string persistenceId)
    {
        lock (_gate) return _events.TryGetValue(persistenceId, out var stream) ? [.. stream] : [];
    }

    void Ring(IReadOnlyList<StoreWrite> writes)
    {
        foreach (var said in writes.OfType<StoreWrite.Publish>()) _bell.Ring(said.Tenant);
    }

    /// <summary>The same events with the same ids: an append whose outcome its caller did not hear.</summary>
    static bool Repeats(List<StoredEvent> stream, IReadOnlyList<NewEvent> events) =>
        events is [var first, ..] && stream.Any(stored => stored.SequenceNr == first.SequenceNr && stored.EventId == first.EventId);

    static bool Follows(List<StoredEvent> stream, IReadOnlyList<NewEvent> events)
    {
        var last = stream.Count == 0 ? 0 : stream[^1].SequenceNr;
        return events.All(added => added.SequenceNr == ++last);
    }

    static StoredEvent Stored(NewEvent added) =>
        new(added.EventId, added.SequenceNr, added.Type, added.Version, added.Payload, added.At);

    static Task<AppendOutcome> Refused(AppendStatus status, string detail) => Task.FromResult(new AppendOutcome(status, detail));
}
