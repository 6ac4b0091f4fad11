using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Trunks;

/// <summary>A trunk as an entity of the platform's pseudo-tenant.</summary>
public static class TrunkEntity
{
    public const string Kind = "trunk";

    public static EntityId Of(TrunkId id) => new(Kind, TenantId.Platform, id.Value);
}
