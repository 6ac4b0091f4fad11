using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tests.Given;

/// <summary>What the API reads and writes of the store, which can be away.</summary>
public sealed class FragileStore(MemoryJournal behind) : IReadModels, IDirectory
{
    public bool Away { get; set; }

    public Task<ReadModelRow?> Get(string model, TenantId tenant, string id, CancellationToken stop = default) => Here().Get(model, tenant, id, stop);

    public Task<ReadModelPage> Query(ReadModelQuery query, CancellationToken stop = default) => Here().Query(query, stop);

    public Task Write(IReadOnlyList<StoreWrite> writes, CancellationToken stop = default) => Here().Write(writes, stop);

    public ValueTask<TenantId?> Find(string kind, string key, CancellationToken stop = default) => Here().Find(kind, key, stop);

    public IAsyncEnumerable<EntityId> Remembered(int shard, CancellationToken stop = default) => Here().Remembered(shard, stop);

    MemoryJournal Here() => Away ? throw new StoreUnavailableException("away") : behind;
}
