using TeleCube.Actors.Billing;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;

namespace TeleCube.Api.Tenants;

/// <summary>What the SMS with the caller's number costs a tenant; null if its tariff has none.</summary>
public sealed class SmsPrices(IPlatform platform, TimeProvider clock)
{
    public Price? Of(TenantState tenant) =>
        platform.Current.TariffOf(tenant) is { } tariff && tariff.Find(TariffKey.SmsPremium) is { } row
            ? Rating.OfSms(row, tariff.VatAt(VatDay.Of(clock.GetUtcNow())))
            : null;
}
