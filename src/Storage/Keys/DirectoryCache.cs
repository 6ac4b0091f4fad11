using System.Collections.Concurrent;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Keys;

/// <summary>Remembers look-ups, unknown keys too, for a few seconds: this node's changes are seen at once, other nodes' after that
/// time.</summary>
sealed class DirectoryCache(StoreOptions options, TimeProvider time)
{
    readonly ConcurrentDictionary<(string Kind, string Key), Entry> _entries = new();
    long _changes;

    /// <summary>Taken before a look-up in the database and given back with its result, so that an old result can't cover a newer
    /// change.</summary>
    public long Changes => Volatile.Read(ref _changes);

    public bool TryGet(string kind, string key, out TenantId? tenant)
    {
        var found = _entries.TryGetValue((kind, key), out var entry) && time.GetElapsedTime(entry.At) < options.DirectoryCacheFor;
        tenant = found ? entry.Tenant : null;
        return found;
    }

    public void Keep(string kind, string key, TenantId? tenant, long changesBefore)
    {
        // Emptied as a whole when full: a scan of unknown numbers must not cost memory, and refilling is cheap.
        if (_entries.Count >= options.DirectoryCacheEntries) _entries.Clear();
        _entries[(kind, key)] = new(tenant, time.GetTimestamp());
        if (Changes != changesBefore) _entries.TryRemove((kind, key), out _);
    }

    /// <summary>Called after the commit and before its caller hears of it.</summary>
    public void Forget(WriteSet writes)
    {
        if (writes.Claims.Count + writes.Releases.Count == 0) return;
        Interlocked.Increment(ref _changes);
        foreach (var claim in writes.Claims) _entries.TryRemove((claim.Kind, claim.Key), out _);
        foreach (var release in writes.Releases) _entries.TryRemove((release.Kind, release.Key), out _);
    }

    readonly record struct Entry(TenantId? Tenant, long At);
}
