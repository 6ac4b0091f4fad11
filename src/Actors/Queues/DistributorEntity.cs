using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Queues;

/// <summary>Names the call distributor of a company; a kind is part of the journal's format and never changes.</summary>
public static class DistributorEntity
{
    public const string Kind = "queues";

    public static EntityId Of(TenantId tenant) => new(Kind, tenant, tenant.Value);
}
