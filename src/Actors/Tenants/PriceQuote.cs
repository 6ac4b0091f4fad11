using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tenants;

/// <summary>A price shown before anything is saved: bound to the number and the tariff's version, good for 15 minutes (API.md).</summary>
public sealed record PriceQuote(
    TenantId Tenant, E164 Number, string Destination, TariffId Tariff, int TariffVersion, Price PerMinute, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
}
