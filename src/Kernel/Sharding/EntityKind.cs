using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Sharding;

/// <summary>How entities of one kind are made, and after how much idleness they are put to sleep.</summary>
sealed record EntityKind(string Name, Func<EntityId, Props> Props, TimeSpan? PassivateAfter)
{
    /// <summary>The parent of all entities of this kind.</summary>
    public required ActorCell Guardian { get; init; }
}
