using TeleCube.Actors.Billing;
using TeleCube.Api.Http;

namespace TeleCube.Api.Operator;

/// <summary>A whole tariff.</summary>
public sealed record TariffInput
{
    const int MaxName = 100;

    public string? Name { get; init; }

    public IReadOnlyList<VatRateInput>? Vat { get; init; }

    public IReadOnlyList<TariffRowInput>? Rows { get; init; }

    internal Tariff ToTariff(TariffId id, Faults faults)
    {
        var rows = (Rows ?? []).Select((row, index) => row.ToRow($"rows[{index}]", faults)).ToList();
        foreach (var twice in rows.GroupBy(row => row.Key).Where(group => group.Count() > 1)) faults.Add("rows", $"'{twice.Key}' stands twice");
        var vat = (Vat ?? []).Select((rate, index) => rate.ToRate($"vat[{index}]", faults)).ToList();
        if (vat.Count == 0 && !faults.Has("vat")) faults.Add("vat", "is required");
        return new Tariff(id, faults.Required("name", Name, MaxName), 0) { Rows = [.. rows], Vat = [.. vat] };
    }
}

/// <summary>A VAT rate such as <c>"0.23"</c> and its first day.</summary>
public sealed record VatRateInput
{
    public DateOnly? From { get; init; }

    public string? Rate { get; init; }

    internal VatRate ToRate(string field, Faults faults)
    {
        if (From is null && !faults.Has(field + ".from")) faults.Add(field + ".from", "is required");
        var rate = faults.Amount(field + ".rate", Rate, required: true);
        if (rate > 1) faults.Add(field + ".rate", "is more than 1; write 23 % as 0.23");
        return new VatRate(From ?? default, rate);
    }
}

/// <summary>A row of a tariff.</summary>
public sealed record TariffRowInput
{
    const int MaxName = 100;
    const int MaxStepSeconds = 3600;

    public string? Key { get; init; }

    public string? Name { get; init; }

    public string? Net { get; init; }

    public TariffUnit? Unit { get; init; }

    public int? FirstStepSeconds { get; init; }

    public int? NextStepSeconds { get; init; }

    internal TariffRow ToRow(string field, Faults faults)
    {
        if (!TariffKey.TryParse(Key, out var key) && !faults.Has(field + ".key")) faults.Add(field + ".key", "is neither digits, short:digits nor a name");
        return new TariffRow(
            key, faults.Required(field + ".name", Name, MaxName), faults.Amount(field + ".net", Net, required: true), Unit ?? TariffUnit.Minute,
            faults.Within(field + ".firstStepSeconds", FirstStepSeconds, 1, MaxStepSeconds, 1),
            faults.Within(field + ".nextStepSeconds", NextStepSeconds, 1, MaxStepSeconds, 1));
    }
}
