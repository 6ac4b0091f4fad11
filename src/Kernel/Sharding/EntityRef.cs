using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Sharding;

/// <summary>An entity by name: outlives its incarnations.</summary>
sealed class EntityRef(ShardRegion region, EntityId id, TimeProvider clock) : ActorRef
{
    public override string Path => "/user/" + id.PersistenceId;

    protected internal override TimeProvider Clock => clock;

    public override bool TryTell(object message, ActorRef? sender = null) => region.TryTell(id, message, sender);
}
