using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Tests.Fixtures;

/// <summary>A store opened as production opens it.</summary>
public abstract class OpenedFixture : StoreFixture
{
    IStore? _store;

    public IStore Store => _store!;
    public override IJournal Journal => Store;
    public override IDirectory Directory => Store;
    public override IReadModels ReadModels => Store;
    public override IRegistrationStore Registrations => Store;
    public override IEventFeeds Feeds => Store;

    public override long EpochOf(int shard) => Store.Ownership.EpochOf(shard)!.Value;

    public static Task<IStore> Open(StoreOptions options, params ReadModel[] models) =>
        Storage.Store.Open(options, models.Length == 0 ? [Samples.Calls] : models, TimeProvider.System, NullLogger.Instance);

    public override async Task InitializeAsync() => _store = await Open(await Options());

    public override async Task DisposeAsync()
    {
        if (_store is { } store) await store.DisposeAsync();
    }

    protected abstract Task<StoreOptions> Options();
}
