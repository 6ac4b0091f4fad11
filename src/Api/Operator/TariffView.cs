using TeleCube.Actors.Billing;

namespace TeleCube.Api.Operator;

/// <summary>A tariff in a list.</summary>
public sealed record TariffSummary(string Id, string Name, string Currency, int Version, int Rows)
{
    internal static TariffSummary Of(Tariff tariff) => new(tariff.Id.Value, tariff.Name, tariff.Currency, tariff.Version, tariff.Rows.Length);
}

/// <summary>A whole tariff.</summary>
public sealed record TariffView(
    string Id, string Name, string Currency, int Version, IReadOnlyList<VatRateView> Vat, IReadOnlyList<TariffRowView> Rows)
{
    internal static TariffView Of(Tariff tariff) => new(
        tariff.Id.Value, tariff.Name, tariff.Currency, tariff.Version,
        [.. tariff.Vat.Select(rate => new VatRateView(rate.From, rate.Rate.ToString(System.Globalization.CultureInfo.InvariantCulture)))],
        [.. tariff.Rows.Select(TariffRowView.Of)]);
}

/// <summary>The VAT rate (<c>"0.23"</c>) that holds from a day on.</summary>
public sealed record VatRateView(DateOnly From, string Rate);

/// <summary>A row: the key is digits, <c>short:digits</c> or a name such as <c>on-net</c>.</summary>
public sealed record TariffRowView(string Key, string Name, string Net, TariffUnit Unit, int FirstStepSeconds, int NextStepSeconds)
{
    internal static TariffRowView Of(TariffRow row) => new(
        row.Key.ToString(), row.Name, MoneyText.Api(row.Net), row.Unit, row.FirstStepSeconds, row.NextStepSeconds);
}
