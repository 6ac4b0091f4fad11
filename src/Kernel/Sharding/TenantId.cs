namespace TeleCube.Kernel.Sharding;

/// <summary>The immutable id of a tenant (or pseudo-tenant): everything of one tenant lives on the node that owns its shard.</summary>
public readonly record struct TenantId(string Value)
{
    /// <summary>The pseudo-tenant of what belongs to the platform: trunks, tariffs, the number pool.</summary>
    public static readonly TenantId Platform = new("@platform");

    public override string ToString() => Value;
}
