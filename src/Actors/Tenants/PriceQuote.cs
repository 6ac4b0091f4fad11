using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tenants;

/// <summary>A price shown before anything is saved: bound to the number and the tariff's version, good for 15 minutes (API.md).</summary>
public sealed record PriceQuote(
    TenantId Tenant, E164 Number, string Destination, TariffId Tariff, int TariffVersion, Price PerMinute, DateTimeOffset ExpiresAt)
{
    /// <summary>What the SMS with the caller's number costs; null where the number takes none.</summary>
    public Price? PerSms { get; init; }

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
}
