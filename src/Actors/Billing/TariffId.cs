using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Billing;

/// <summary>The operator's name of a tariff, such as <c>standard</c>.</summary>
[JsonConverter(typeof(TariffIdJsonConverter))]
public readonly record struct TariffId(string Value) : IComparable<TariffId>, IParsable<TariffId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TariffId result)
    {
        result = new TariffId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static TariffId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not a tariff id: '{s}'");

    public int CompareTo(TariffId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(TariffId left, TariffId right) => left.CompareTo(right) < 0;

    public static bool operator >(TariffId left, TariffId right) => left.CompareTo(right) > 0;

    public static bool operator <=(TariffId left, TariffId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TariffId left, TariffId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>A tariff id is its text in JSON.</summary>
public sealed class TariffIdJsonConverter : TextJsonConverter<TariffId>
{
    protected override bool TryParse(string text, out TariffId value) => TariffId.TryParse(text, null, out value);

    protected override string Print(TariffId value) => value.Value;
}
