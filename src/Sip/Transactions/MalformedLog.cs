using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// Malformed messages: counted by reason and by source, one log line for each source
/// and second at most. Bounded, for sources can be forged.
/// </summary>
public sealed class MalformedLog(SipStackCounters counters, TimeProvider clock, ILogger logger)
{
    const int MostSources = 4_096;
    const int MostReasons = 128;

    readonly ConcurrentDictionary<string, long> _byReason = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<IPAddress, Source> _bySource = new();

    public IReadOnlyDictionary<string, long> ByReason => _byReason;

    public long From(IPAddress source) => _bySource.TryGetValue(source, out var known) ? known.Count : 0;

    public void Note(IPAddress source, string reason)
    {
        counters.CountMalformed();
        if (_byReason.Count < MostReasons || _byReason.ContainsKey(reason)) _byReason.AddOrUpdate(reason, 1, (_, count) => count + 1);
        if (_bySource.Count >= MostSources) _bySource.Clear();

        var known = _bySource.GetOrAdd(source, _ => new Source());
        if (known.MayLog(clock.GetUtcNow().ToUnixTimeSeconds(), out var count))
            logger.LogWarning("Malformed SIP from {Source}: {Reason} ({Count} so far)", source, reason, count);
    }

    sealed class Source
    {
        long _count;
        long _loggedInSecond = -1;

        public long Count => Volatile.Read(ref _count);

        public bool MayLog(long second, out long count)
        {
            count = Interlocked.Increment(ref _count);
            var last = Volatile.Read(ref _loggedInSecond);
            return last != second && Interlocked.CompareExchange(ref _loggedInSecond, second, last) == last;
        }
    }
}
