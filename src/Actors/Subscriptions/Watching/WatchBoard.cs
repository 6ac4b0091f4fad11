using System.Collections.Concurrent;
using System.Collections.Immutable;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Subscriptions.Watching;

/// <summary>
/// Who watches what on this node. It hears of every change of a call, of a phone and of a company, on whose threads it is called: where nobody watches that
/// costs one read of a number, else a look-up for each phone of the call.
/// </summary>
public sealed class WatchBoard(LiveCalls live)
{
    readonly ConcurrentDictionary<ResourceKey, WatchedResource> _watched = new();
    readonly ConcurrentDictionary<TenantId, int> _perTenant = new();
    int _count;

    /// <summary>Subscriptions of a company; each extension's actor says how its own have changed.</summary>
    public int CountOf(TenantId tenant) => _perTenant.GetValueOrDefault(tenant);

    public void Counted(TenantId tenant, int difference) => _perTenant.AddOrUpdate(tenant, difference, (_, count) => count + difference);

    public void Watch(ResourceKey key, ActorRef watcher)
    {
        while (true)
        {
            var added = new WatchedResource(key, live);
            var resource = _watched.GetOrAdd(key, added);
            var first = ReferenceEquals(resource, added);
            if (first) Interlocked.Increment(ref _count);
            if (!resource.TryAdd(watcher, first)) continue;
            if (first) resource.Begin();
            return;
        }
    }

    public void Forget(ResourceKey key, ActorRef watcher)
    {
        if (_watched.TryGetValue(key, out var resource) && resource.Remove(watcher) && _watched.TryRemove(KeyValuePair.Create(key, resource)))
            Interlocked.Decrement(ref _count);
    }

    /// <summary>The dialogs of something that is watched.</summary>
    public ImmutableArray<WatchedDialog> DialogsOf(ResourceKey key) => _watched.TryGetValue(key, out var resource) ? resource.Dialogs : [];

    /// <summary>A call has changed, or is over (<paramref name="after"/> is null).</summary>
    public void Saw(EntityId id, CallState? before, CallState? after)
    {
        if (Volatile.Read(ref _count) == 0 || (after ?? before) is not { } call) return;
        foreach (var leg in call.Legs) // also those that have ended
            if (leg.Party is Party.Phone(var extension)) Tell(new ResourceKey(call.Tenant, extension), id, after);
        if ((after?.Parking ?? before?.Parking)?.Slot is { } slot) Tell(new ResourceKey(call.Tenant, slot), id, after);
    }

    /// <summary>Something else than a call has changed: a phone came or went, a message was left.</summary>
    public void Poke(TenantId tenant, ExtensionNumber extension)
    {
        if (Volatile.Read(ref _count) > 0 && _watched.TryGetValue(new ResourceKey(tenant, extension.Value), out var resource)) resource.Poke();
    }

    /// <summary>A company was saved.</summary>
    public void Saw(TenantState? before, TenantState after)
    {
        if (Volatile.Read(ref _count) == 0 || before is null || ReferenceEquals(before.Extensions, after.Extensions)) return;
        foreach (var (key, resource) in _watched)
            if (key.Tenant == after.Id && ExtensionNumber.TryParse(key.Number, out var number) && Shown(before, number) != Shown(after, number))
                resource.Poke();
    }

    void Tell(ResourceKey key, EntityId id, CallState? after)
    {
        if (_watched.TryGetValue(key, out var resource)) resource.Saw(id, after);
    }

    static (bool Exists, bool DoNotDisturb) Shown(TenantState tenant, ExtensionNumber number) =>
        tenant.Extensions.TryGetValue(number, out var extension) ? (true, extension.DoNotDisturb) : default;
}
