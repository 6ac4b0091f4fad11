using System.Collections.Concurrent;
using System.Net;

namespace TeleCube.Sip.Transport;

/// <summary>
/// Remembers addresses of hosts: a minute when found, ten seconds when not; the last good answer for an hour while the name server is away.
/// </summary>
public sealed class HostCache(IHostLookup lookup, TimeProvider clock)
{
    const int Most = 4_096;
    static readonly TimeSpan _fresh = TimeSpan.FromMinutes(1);
    static readonly TimeSpan _failed = TimeSpan.FromSeconds(10);
    static readonly TimeSpan _usable = TimeSpan.FromHours(1);
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.OrdinalIgnoreCase);
    readonly ConcurrentDictionary<string, Task<IReadOnlyList<IPAddress>>> _asking = new(StringComparer.OrdinalIgnoreCase);

    public bool TryGet(string host, out IReadOnlyList<IPAddress> addresses)
    {
        addresses = [];
        if (!_known.TryGetValue(host, out var entry) || entry.AskAgainAt <= clock.GetUtcNow()) return false;
        addresses = entry.Addresses;
        return true;
    }

    /// <summary>Asks once for all who want to know at the same time.</summary>
    public async ValueTask<IReadOnlyList<IPAddress>> Get(string host, CancellationToken stop)
    {
        if (TryGet(host, out var known)) return known;
        return await _asking.GetOrAdd(host, Ask).WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>
    /// What is known without waiting, be it old; where it is, or where nothing is known, the name server is asked for the next time.
    /// </summary>
    public IReadOnlyList<IPAddress> Recall(string host)
    {
        if (Uri.CheckHostName(host) is not UriHostNameType.Dns) return [];
        if (!_known.TryGetValue(host, out var entry) || entry.AskAgainAt <= clock.GetUtcNow()) _ = _asking.GetOrAdd(host, Ask);
        return entry?.Addresses ?? [];
    }

    async Task<IReadOnlyList<IPAddress>> Ask(string host)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // so that it is in the table before it is over
        var addresses = await Look(host).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        if (_known.Count >= Most) _known.Clear();
        var entry = addresses.Count > 0 ? new Entry(addresses, now + _fresh, now + _usable)
            : _known.TryGetValue(host, out var old) && old.UsableUntil > now ? old with { AskAgainAt = now + _failed }
            : new Entry([], now + _failed, now);
        _known[host] = entry;
        _asking.TryRemove(host, out _);
        return entry.Addresses;
    }

    async Task<IReadOnlyList<IPAddress>> Look(string host)
    {
        using var patience = new CancellationTokenSource(_patience, clock);
        try
        {
            return await lookup.Lookup(host, patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    sealed record Entry(IReadOnlyList<IPAddress> Addresses, DateTimeOffset AskAgainAt, DateTimeOffset UsableUntil);
}
