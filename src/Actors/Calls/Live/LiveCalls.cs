using System.Collections.Concurrent;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Live;

/// <summary>
/// The calls that run on this node, as they were after their last turn; read without a lock by the API and the dial plan.
/// </summary>
public sealed class LiveCalls
{
    readonly ConcurrentDictionary<EntityId, CallState> _calls = new();
    readonly LegCounts _legs = new();

    readonly ConcurrentDictionary<(TenantId Tenant, string Extension), string> _promised = new();

    readonly ConcurrentDictionary<string, long> _ended = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<int, long> _turnedAway = new();
    long _begun;
    int _count;
    TaskCompletionSource? _empty;

    public int Count => Volatile.Read(ref _count); // the dictionary's own takes all its locks

    /// <summary>Calls that began in this process, answered or not.</summary>
    public long Begun => Interlocked.Read(ref _begun);

    /// <summary>Calls that ended in this process, by the code of their cause.</summary>
    public IEnumerable<KeyValuePair<string, long>> EndedByCause => _ended;

    /// <summary>INVITEs that were refused before a call began, by status; a challenge is none.</summary>
    public IEnumerable<KeyValuePair<int, long>> TurnedAwayByStatus => _turnedAway;

    public void TurnedAway(int status) => _turnedAway.AddOrUpdate(status, 1, static (_, count) => count + 1);

    /// <summary>Counts what has happened and is durable.</summary>
    public void Saw(CallEvent happened)
    {
        if (happened is CallEvent.Started) Interlocked.Increment(ref _begun);
        else if (happened is CallEvent.Ended ended) _ended.AddOrUpdate(ended.Cause.Code, 1, static (_, count) => count + 1);
    }

    /// <summary>Told of each change of a call (after it; null when it is over), on the call's own thread: it must not wait.</summary>
    public Action<EntityId, CallState?, CallState?>? Watch { get; set; }

    public bool Has(EntityId call) => _calls.ContainsKey(call);

    public CallState? Find(EntityId call) => _calls.GetValueOrDefault(call);

    public void Update(CallState call)
    {
        var id = call.Id.Entity(call.Tenant);
        if (call.Phase is not (CallPhase.Setup or CallPhase.Talking))
        {
            Remove(id);
            return;
        }

        var before = _calls.GetValueOrDefault(id);
        if (before is null && _calls.TryAdd(id, call)) Interlocked.Increment(ref _count);
        else _calls[id] = call;
        _legs.Follow(before, call);
        Settle(id);
        Watch?.Invoke(id, before, call);
    }

    public void Remove(EntityId id)
    {
        Settle(id);
        if (!_calls.TryRemove(id, out var last)) return;
        _legs.Follow(last, null);
        if (Interlocked.Decrement(ref _count) == 0) Interlocked.Exchange(ref _empty, null)?.TrySetResult();
        Watch?.Invoke(id, last, null);
    }

    /// <summary>Completes when no call runs any more, or when there is no more time.</summary>
    public async Task WhenEmpty(CancellationToken hurry)
    {
        var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _empty = empty;
        if (_calls.IsEmpty) return;
        using var late = hurry.Register(() => empty.TrySetResult());
        await empty.Task.ConfigureAwait(false);
    }

    public IEnumerable<CallState> Of(TenantId tenant) => _calls.Where(call => call.Key.Tenant == tenant).Select(call => call.Value);

    public IEnumerable<CallState> All => _calls.Values;

    /// <summary>Whether a call that went out to this number, of whichever tenant, is up.</summary>
    public bool IsTalking(string number) => _legs.IsAnywhere(new LegPlace(null, number));

    /// <summary>
    /// Two calls to one extension may be decided at the same time, and neither is seen here before it is in the journal: the first to ask has it, until its
    /// turn is over (<see cref="Update"/>) or was in vain (<see cref="Remove"/>, <see cref="Settle"/>).
    /// </summary>
    public bool TryPromise(TenantId tenant, string extension, string call)
    {
        if (_promised.GetOrAdd((tenant, extension), call) != call) return false;
        if (CallsOf(tenant, extension, call) == 0) return true; // looked at last: whose promise has just gone is seen by now
        _promised.TryRemove(new((tenant, extension), call));
        return false;
    }

    /// <summary>What a call was promised it has now, or will not have.</summary>
    public void Settle(EntityId id)
    {
        if (_promised.IsEmpty) return;
        foreach (var promise in _promised)
            if (promise.Key.Tenant == id.Tenant && promise.Value == id.Id) _promised.TryRemove(promise);
    }

    /// <summary>Calls in which a phone of the extension takes part, one left out.</summary>
    public int CallsOf(TenantId tenant, string extension, string except) => _legs.CallsOf(new LegPlace(tenant, extension), except);
}
