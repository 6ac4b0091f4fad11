using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>What persistent actors need: where events are kept, how they are written, and under which ownership.</summary>
public sealed class PersistenceContext(IJournal journal, EventRegistry registry, IShardOwnership ownership, int recoveriesAtOnce = 64)
{
    public IJournal Journal => journal;

    public EventRegistry Registry => registry;

    public IShardOwnership Ownership => ownership;

    /// <summary>The entities that cannot be recovered.</summary>
    public Quarantine Quarantine { get; } = new();

    // A take-over starts thousands of entities; the journal is read for so many of them at once.
    internal SemaphoreSlim Recoveries { get; } = new(recoveriesAtOnce);
}
