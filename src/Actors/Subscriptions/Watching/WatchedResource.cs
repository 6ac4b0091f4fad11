using System.Collections.Immutable;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Subscriptions.Watching;

/// <summary>The dialogs of something that is watched, kept from call to call, and who wants to hear of them.</summary>
sealed class WatchedResource(ResourceKey key, LiveCalls live)
{
    readonly Lock _gate = new();
    readonly Dictionary<EntityId, ImmutableArray<WatchedDialog>> _dialogs = [];
    ImmutableArray<ActorRef> _watchers = [];

    public ImmutableArray<WatchedDialog> Dialogs
    {
        get
        {
            lock (_gate) return [.. _dialogs.OrderBy(call => call.Key.Id, StringComparer.Ordinal).SelectMany(call => call.Value)];
        }
    }

    /// <summary>False when nobody watched it any more, so that it is about to be forgotten: ask again.</summary>
    public bool TryAdd(ActorRef watcher, bool first)
    {
        lock (_gate)
        {
            if (_watchers.IsEmpty && !first) return false;
            if (!_watchers.Contains(watcher)) _watchers = _watchers.Add(watcher);
            return true;
        }
    }

    /// <summary>True when nobody is left.</summary>
    public bool Remove(ActorRef watcher)
    {
        lock (_gate) return (_watchers = _watchers.Remove(watcher)).IsEmpty;
    }

    /// <summary>The calls that ran before it was watched. Each is read under the lock: what changes from now on comes afterwards.</summary>
    public void Begin()
    {
        foreach (var id in live.Of(key.Tenant).Select(call => call.Id.Entity(call.Tenant)))
            lock (_gate) if (live.Find(id) is { } call) Keep(id, call);
    }

    public void Saw(EntityId id, CallState? call)
    {
        lock (_gate) if (!Keep(id, call)) return;
        Poke();
    }

    public void Poke()
    {
        foreach (var watcher in _watchers) watcher.Tell(new SubscriptionMessage.Changed(key.Number));
    }

    /// <summary>Whether it is news.</summary>
    bool Keep(EntityId id, CallState? call)
    {
        ImmutableArray<WatchedDialog> now = call is null ? [] : LegDialogs.Of(call, key.Number, live);
        var before = _dialogs.GetValueOrDefault(id, []);
        if (now.SequenceEqual(before)) return false;
        if (now.IsEmpty) _dialogs.Remove(id);
        else _dialogs[id] = now;
        return true;
    }
}
