using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>Platform-wide unique keys and the tenant that holds each: SIP users, phone numbers, authorised callers.</summary>
public interface IDirectory
{
    ValueTask<TenantId?> Find(string kind, string key, CancellationToken stop = default);

    /// <summary>Entities to be started when a shard is taken over (<see cref="StoreWrite.Remember"/>).</summary>
    IAsyncEnumerable<EntityId> Remembered(int shard, CancellationToken stop = default);
}
