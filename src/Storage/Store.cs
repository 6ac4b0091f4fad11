using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Postgres;
using TeleCube.Storage.ReadModels;
using TeleCube.Storage.Sqlite;

namespace TeleCube.Storage;

/// <summary>Opens the store that the options name.</summary>
public static class Store
{
    /// <summary>Migrates the schema, takes the node's lease and its shards. Throws <see cref="StoreStartException"/> when that can't
    /// be.</summary>
    public static Task<IStore> Open(
        StoreOptions options, IReadOnlyList<ReadModel> readModels, TimeProvider time, ILogger logger, CancellationToken stop = default)
    {
        var catalog = new ReadModelCatalog(readModels);
        return options.Provider switch
        {
            StoreProvider.Sqlite => SqliteStore.Open(options, catalog, time, logger),
            StoreProvider.PostgreSql => PostgresStore.Open(options, catalog, time, logger, stop),
            _ => throw new StoreStartException($"storage provider {options.Provider} is not known"),
        };
    }
}
