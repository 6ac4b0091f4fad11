namespace TeleCube.Kernel.Sharding;

/// <summary>Names one sharded actor: its kind (<c>call</c>, <c>tenant</c>, …), its tenant, and its id within that tenant.</summary>
public readonly record struct EntityId(string Kind, TenantId Tenant, string Id)
{
    public string PersistenceId => $"{Kind}/{Tenant.Value}/{Id}";

    public override string ToString() => PersistenceId;
}
