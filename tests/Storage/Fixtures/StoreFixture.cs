using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Tests.Fixtures;

/// <summary>A store that a specification is run against; the tests of a class share it and keep apart by tenant.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    public abstract IJournal Journal { get; }
    public abstract IDirectory Directory { get; }
    public abstract IReadModels ReadModels { get; }
    public abstract IRegistrationStore Registrations { get; }
    public abstract IEventFeeds Feeds { get; }

    /// <summary>The epoch under which this process owns the shard.</summary>
    public abstract long EpochOf(int shard);

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();
}
