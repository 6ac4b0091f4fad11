using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>A change beside the journal that is committed in the same transaction as the events which caused it.</summary>
public abstract record StoreWrite
{
    StoreWrite() { }

    /// <summary>Claims a platform-wide unique key (SIP user, phone number, …); refused as <see cref="AppendStatus.Taken"/> if another tenant has it.</summary>
    public sealed record Claim(string Kind, string Key, TenantId Tenant) : StoreWrite;

    public sealed record Release(string Kind, string Key, TenantId Tenant) : StoreWrite;

    /// <summary>Remembers an entity that must be running (a live call, a tenant): it is started again when its shard is taken over.</summary>
    public sealed record Remember(EntityId Entity) : StoreWrite;

    public sealed record Forget(EntityId Entity) : StoreWrite;

    /// <summary>
    /// Inserts or replaces a row of a read model; <paramref name="Columns"/> are the declared, indexed ones, <paramref name="Json"/> the whole view.
    /// </summary>
    public sealed record Upsert(string Model, TenantId Tenant, string Id, IReadOnlyDictionary<string, object?> Columns, string Json) : StoreWrite;

    /// <summary>Tells the tenant's outsiders (<see cref="IEventFeeds"/>); <paramref name="Json"/> is an object.</summary>
    public sealed record Publish(TenantId Tenant, string Type, DateTimeOffset At, string Json) : StoreWrite;

    public sealed record Delete(string Model, TenantId Tenant, string Id) : StoreWrite;
}
