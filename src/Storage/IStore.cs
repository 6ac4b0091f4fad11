using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Storage;

/// <summary>The whole store of a node. Disposing it commits what is queued, gives the node's shards back and closes the database.</summary>
public interface IStore : IJournal, IDirectory, IReadModels, IRegistrationStore, IEventFeeds, IAsyncDisposable
{
    StoreHealth Health { get; }

    IShardOwnership Ownership { get; }

    /// <summary>How long the write that is next has waited: beyond some group intervals the database can't keep up.</summary>
    TimeSpan Lag { get; }

    /// <summary>Drops the streams of calls and of SMS that began before their day and are over (no remembered entity); returns how many.</summary>
    Task<long> DropStreamsBefore(DateOnly calls, DateOnly sms, CancellationToken stop = default);
}
