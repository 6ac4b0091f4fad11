using System.Collections.Immutable;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Billing;

/// <summary>
/// A price list: rows found by the longest matching prefix, and VAT rates with their dates. Each change makes a new version.
/// </summary>
public sealed record Tariff(TariffId Id, string Name, int Version)
{
    public string Currency { get; init; } = "PLN";

    /// <summary>Kept sorted by key, one row per key, so that a look-up is a few binary searches and needs no index beside it.</summary>
    public ImmutableArray<TariffRow> Rows { get; init => field = [.. value.OrderBy(row => row.Key)]; } = [];

    public ImmutableArray<VatRate> Vat { get; init => field = [.. value.OrderBy(rate => rate.From)]; } = [];

    public TariffRow? Find(E164 number) => Longest(TariffKeyKind.Prefix, number.Value[1..]);

    public TariffRow? Find(ShortNumber number) => Longest(TariffKeyKind.Short, number.Value);

    public TariffRow? Find(TariffKey key) => Exact(key);

    /// <summary>
    /// The row for a dialled number; null for extensions (free), emergency numbers (free) and what the tariff does not know.
    /// </summary>
    public TariffRow? Find(DialledNumber number) => number switch
    {
        DialledNumber.Public(var found) => Find(found),
        DialledNumber.Short(var found) => Find(found),
        _ => null,
    };

    /// <summary>A number of another tenant is charged as such, whatever its digits are; it is free without a row for that.</summary>
    public TariffRow? Find(DialledNumber number, bool onNet) => onNet ? Find(TariffKey.OnNet) : Find(number);

    /// <summary>The VAT rate of a day; zero before the first one.</summary>
    public decimal VatAt(DateOnly day) => Vat.LastOrDefault(rate => rate.From <= day)?.Rate ?? 0;

    TariffRow? Longest(TariffKeyKind kind, string digits)
    {
        for (var length = digits.Length; length > 0; length--)
            if (Exact(new TariffKey(kind, digits[..length])) is { } row) return row;
        return null;
    }

    TariffRow? Exact(TariffKey key)
    {
        var (low, high) = (0, Rows.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Rows[middle].Key.CompareTo(key);
            if (order == 0) return Rows[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }
}
