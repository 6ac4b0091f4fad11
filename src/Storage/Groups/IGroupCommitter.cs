namespace TeleCube.Storage.Groups;

/// <summary>Commits groups of writes to one database, one group at a time.</summary>
interface IGroupCommitter : IAsyncDisposable
{
    /// <summary>Divides a group into those that can be committed together, in their order.</summary>
    IReadOnlyList<IReadOnlyList<PendingWrite>> Divide(IReadOnlyList<PendingWrite> group) => [group];

    /// <summary>Makes the group durable and sets the outcome of each write. Throws <see cref="StoreFaultException"/> when the store is at
    /// fault,
    /// anything else when a write of the group is.</summary>
    Task Commit(IReadOnlyList<PendingWrite> group);

    /// <summary>Gets the database back after a fault, so far that it is certain what it holds.</summary>
    Task Reconnect(CancellationToken stop);

    /// <summary>Proves that the database takes writes.</summary>
    Task Probe(CancellationToken stop);

    /// <summary>Whether a write of an ambiguous group was committed: reads an append's first event back, or the bindings of a registration. Of bare rows it
    /// can't be known; they are written over.</summary>
    Task<bool> WasCommitted(PendingWrite write);
}
