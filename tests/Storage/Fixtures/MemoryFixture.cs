using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Tests.Fixtures;

public sealed class MemoryFixture : StoreFixture
{
    readonly MemoryJournal _journal = new([Samples.Calls]);

    public MemoryFixture() => Registrations = new MemoryRegistrations(TimeProvider.System, _journal);

    public override IJournal Journal => _journal;
    public override IDirectory Directory => _journal;
    public override IReadModels ReadModels => _journal;
    public override IRegistrationStore Registrations { get; }
    public override IEventFeeds Feeds => _journal;

    public override long EpochOf(int shard) => 1;

    public override Task InitializeAsync() => Task.CompletedTask;

    public override Task DisposeAsync() => Task.CompletedTask;
}
