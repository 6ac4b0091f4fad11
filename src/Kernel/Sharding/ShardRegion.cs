using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Mailbox;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Kernel.Sharding;

/// <summary>
/// Reaches the entities of the shards that this node owns, by kind, tenant and id: starts them with their first message, puts idle ones
/// to sleep, and loses no message in between. For a shard that is not owned, the sender is told <c>not-mine</c>.
/// </summary>
public sealed class ShardRegion(ActorSystem system, IShardOwnership ownership, IDirectory directory)
{
    readonly ConcurrentDictionary<string, EntityKind> _kinds = new();
    readonly ConcurrentDictionary<EntityId, Entity> _entities = new();
    readonly Lock[] _starting = [.. Enumerable.Range(0, Shards.Count).Select(_ => new Lock())];

    /// <summary>Messages that may come while an entity of this region is between two incarnations.</summary>
    internal int LateCapacity => system.Options.MailboxCapacity;

    /// <summary>The entities that run here now.</summary>
    public int Count => _entities.Count;

    /// <summary>Entities of one kind that run now; walks over all of them.</summary>
    public int CountOf(string kind) => _entities.Keys.Count(id => id.Kind == kind);

    /// <summary>How many entities run in each shard that has any; walks over all of them.</summary>
    public IReadOnlyDictionary<int, int> CountByShard() => _entities.Keys.CountBy(id => id.Shard).ToDictionary();

    /// <summary>Declares a kind of entity. Without <paramref name="passivateAfter"/> its actors stop only when they say so.</summary>
    public void Register(string kind, Func<EntityId, Props> props, TimeSpan? passivateAfter = null)
    {
        if (_kinds.ContainsKey(kind)) throw new InvalidOperationException($"the kind {kind} is registered already");
        var guardian = system.SpawnTop(Props.Create(() => new EntityGuardian(this, kind, passivateAfter)), kind);
        _kinds[kind] = new EntityKind(kind, props, passivateAfter) { Guardian = guardian };
    }

    public void Tell(EntityId id, object message, ActorRef? sender = null) => TryTell(id, message, sender);

    /// <summary>Tells, and says whether the message was taken: not if the shard is not owned or the entity has too much to do.</summary>
    public bool TryTell(EntityId id, object message, ActorRef? sender = null)
    {
        if (Find(id) is not { } entity) return Refuse(id, new Envelope(message, sender ?? ActorRef.Nobody));
        return entity.Cell!.TryTell(message, sender);
    }

    /// <summary>
    /// As <see cref="TryTell"/>, to an entity whose id has just been made and that therefore has no past: nothing is read before it begins, so it can begin
    /// while the journal is away.
    /// </summary>
    public bool TryBegin(EntityId id, object message, ActorRef? sender = null)
    {
        if (Find(id, begins: true) is not { } entity) return Refuse(id, new Envelope(message, sender ?? ActorRef.Nobody));
        return entity.Cell!.TryTell(message, sender);
    }

    /// <summary>One answer of one entity; for the edges (API, tests).</summary>
    public Task<T> Ask<T>(EntityId id, object message, TimeSpan timeout, CancellationToken stop = default)
    {
        var promise = new PromiseRef<T>(id.PersistenceId, message.GetType(), timeout, system.Clock, stop);
        TryTell(id, message, promise);
        return promise.Answer;
    }

    /// <summary>As <see cref="Ask{T}"/>, of an entity whose id has just been made (<see cref="TryBegin"/>).</summary>
    public Task<T> Begin<T>(EntityId id, object message, TimeSpan timeout, CancellationToken stop = default)
    {
        var promise = new PromiseRef<T>(id.PersistenceId, message.GetType(), timeout, system.Clock, stop);
        TryBegin(id, message, promise);
        return promise.Answer;
    }

    /// <summary>A ref that always reaches the entity's living incarnation; to be kept and passed around.</summary>
    public ActorRef RefOf(EntityId id) => new EntityRef(this, id, system.Clock);

    /// <summary>Starts the entities that must be running in a shard that was taken over; returns how many those are.</summary>
    public async Task<int> StartRemembered(int shard, CancellationToken stop = default)
    {
        var started = 0;
        await foreach (var id in directory.Remembered(shard, stop).ConfigureAwait(false))
        {
            if (!_kinds.ContainsKey(id.Kind)) system.Log.Of(id).LogError("{Entity} is remembered, but its kind is not registered", id);
            else if (Find(id) is not null) started++;
        }
        return started;
    }

    /// <summary>Stops the entities of a shard that was lost or is handed over; completes when the last append is settled and all have ended.</summary>
    public Task StopShard(int shard)
    {
        var cells = _entities.Values.Where(entity => entity.Shard == shard).Select(entity => entity.Cell!).ToList();
        foreach (var cell in cells) ActorSystem.Stop(cell);
        return Task.WhenAll(cells.Select(cell => cell.Ended));
    }

    Entity? Find(EntityId id, bool begins = false)
    {
        if (_entities.TryGetValue(id, out var entity))
        {
            if (ownership.EpochOf(entity.Shard) == entity.Epoch) return entity;
            ActorSystem.Stop(entity.Cell!); // started under an ownership that is over; its messages go to the next incarnation, if any
            return ownership.EpochOf(entity.Shard) is null ? null : entity;
        }
        var shard = id.Shard;
        if (ownership.EpochOf(shard) is not { } epoch) return null;
        lock (_starting[shard]) return _entities.TryGetValue(id, out entity) ? entity : Start(id, epoch, [], begins);
    }

    /// <summary>Null when the system is ending.</summary>
    Entity? Start(EntityId id, long epoch, IReadOnlyCollection<Envelope> first, bool begins = false)
    {
        if (!_kinds.TryGetValue(id.Kind, out var kind)) throw new InvalidOperationException($"no entities of kind {id.Kind} are registered");
        var entity = new Entity(this, id, epoch, begins);
        if (kind.Guardian.TrySpawn(kind.Props(id), id.PersistenceId[(id.Kind.Length + 1)..], entity, first) is not { } cell) return null;
        entity.Cell = cell;
        _entities[id] = entity;
        cell.Schedule();
        return entity;
    }

    /// <summary>One incarnation has ended. Another takes its place only if something waits for it.</summary>
    internal void Replace(Entity ended, List<Envelope> left)
    {
        lock (_starting[ended.Shard])
        {
            if (left.Count > 0 && ownership.EpochOf(ended.Shard) is { } epoch && TryStart(ended.Id, epoch, left)) return;
            _entities.TryRemove(KeyValuePair.Create(ended.Id, ended));
        }
        foreach (var envelope in left) Refuse(ended.Id, envelope);
    }

    bool TryStart(EntityId id, long epoch, List<Envelope> first)
    {
        try
        {
            return Start(id, epoch, first) is not null;
        }
        catch (Exception failure) // the kind's own factory
        {
            system.Log.Of(id).LogError(failure, "{Entity} cannot be started again", id);
            return false;
        }
    }

    internal void PassivateIdle(string kind, TimeSpan idleFor)
    {
        foreach (var (id, entity) in _entities)
            if (id.Kind == kind && entity.Cell!.IdleFor >= idleFor) entity.Cell.TellSystem(new SystemMessage.PassivateIfIdle(idleFor));
    }

    internal bool Refuse(EntityId id, Envelope envelope)
    {
        var why = ownership.EpochOf(id.Shard) is null ? KernelRejections.NotMine : KernelRejections.Stopped;
        envelope.Sender.Tell(why);
        system.DeadLetter(envelope, id.PersistenceId, why);
        return false;
    }
}
