using TeleCube.Actors.Billing;
using TeleCube.Actors.Platform;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tenants;

/// <summary>What the operator decides of a tenant. The platform owns it and hands each version on to the tenant.</summary>
public sealed record TenantProfile(
    TenantId Id, string Name, string LoginPrefix, string TimeZone, PackageId Package, TariffId Tariff, TenantStatus Status, long Version);
