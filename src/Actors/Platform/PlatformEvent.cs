using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Platform;

/// <summary>Everything that can happen to the platform. Resources are written whole; Apply gives them their version.</summary>
public abstract record PlatformEvent
{
    PlatformEvent() { }

    public sealed record TenantSaved(TenantProfile Profile) : PlatformEvent;

    public sealed record TenantDelivered(TenantId Id) : PlatformEvent;

    public sealed record TariffSaved(Tariff Tariff) : PlatformEvent;

    public sealed record TariffDeleted(TariffId Id) : PlatformEvent;

    public sealed record PackageSaved(Package Package) : PlatformEvent;

    public sealed record NumberSaved(PoolNumber Number) : PlatformEvent;

    public sealed record NumberRemoved(E164 Number) : PlatformEvent;

    public sealed record TrunkSaved(TrunkConfig Trunk) : PlatformEvent;

    public sealed record TrunkDeleted(TrunkId Id) : PlatformEvent;
}
