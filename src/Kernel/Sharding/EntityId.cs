namespace TeleCube.Kernel.Sharding;

/// <summary>Names one sharded actor: its kind (<c>call</c>, <c>tenant</c>, …), its tenant, and its id within that tenant.</summary>
public readonly record struct EntityId(string Kind, TenantId Tenant, string Id)
{
    public string PersistenceId => $"{Kind}/{Tenant.Value}/{Id}";

    public int Shard => Shards.Of(Tenant);

    /// <summary>Reads <c>kind/tenant/id</c>; an id may contain slashes, kind and tenant may not.</summary>
    public static bool TryParse(string persistenceId, out EntityId entity)
    {
        entity = default;
        var kind = persistenceId.IndexOf('/');
        var tenant = kind < 0 ? -1 : persistenceId.IndexOf('/', kind + 1);
        if (kind <= 0 || tenant <= kind + 1 || tenant == persistenceId.Length - 1) return false;
        entity = new(persistenceId[..kind], new TenantId(persistenceId[(kind + 1)..tenant]), persistenceId[(tenant + 1)..]);
        return true;
    }

    public override string ToString() => PersistenceId;
}
