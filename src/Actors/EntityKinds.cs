using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors;

/// <summary>The kinds of entities and the names of the single ones; a kind is part of the journal's format and never changes.</summary>
public static class EntityKinds
{
    public const string PlatformKind = "platform";
    public const string TenantKind = "tenant";
    public const string ExtensionKind = "extension";

    /// <summary>What the phones of one extension watch.</summary>
    public const string SubscriptionsKind = "subscriptions";

    /// <summary>A company's parking places.</summary>
    public const string ParkingKind = "parking";

    public static readonly EntityId Platform = new(PlatformKind, TenantId.Platform, "platform");

    public static EntityId Tenant(TenantId id) => new(TenantKind, id, id.Value);

    public static EntityId Parking(TenantId id) => new(ParkingKind, id, id.Value);

    public static EntityId Extension(TenantId tenant, ExtensionNumber number) => new(ExtensionKind, tenant, number.Value);

    public static EntityId Subscriptions(TenantId tenant, ExtensionNumber watcher) => new(SubscriptionsKind, tenant, watcher.Value);
}
