using System.Collections.Concurrent;
using TeleCube.Actors.Calls.Live;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Calls.Ingress;

/// <summary>
/// Which call an INVITE transaction belongs to: a CANCEL and a missing ACK name only the
/// transaction. Swept once a minute of calls that are gone.
/// </summary>
public sealed class OpenInvites(LiveCalls live, TimeProvider clock)
{
    static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<ServerTransactionId, Entry> _calls = new();
    long _swept = clock.GetTimestamp();

    public int Count => _calls.Count;

    public EntityId? CallOf(ServerTransactionId invite) => _calls.TryGetValue(invite, out var known) ? known.Call : null;

    public void Remember(ServerTransactionId invite, EntityId call)
    {
        var now = clock.GetTimestamp();
        _calls[invite] = new Entry(call, now);
        var last = Volatile.Read(ref _swept);
        if (clock.GetElapsedTime(last, now) < _sweepEvery || Interlocked.CompareExchange(ref _swept, now, last) != last) return;

        foreach (var (old, entry) in _calls)
            if (clock.GetElapsedTime(entry.At, now) > _sweepEvery && !live.Has(entry.Call)) _calls.TryRemove(old, out _);
    }

    readonly record struct Entry(EntityId Call, long At);
}
