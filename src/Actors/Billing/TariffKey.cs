using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Billing;

/// <summary>
/// What a row of a tariff speaks of: the first digits of E.164 numbers (<c>4850</c>), the first digits of short numbers (<c>short:118</c>),
/// or a named service (<c>on-net</c>, <c>sms-premium</c>).
/// </summary>
[JsonConverter(typeof(TariffKeyJsonConverter))]
public readonly record struct TariffKey(TariffKeyKind Kind, string Text) : IComparable<TariffKey>
{
    const string ShortPrefix = "short:";
    const int MaxDigits = 15;

    public static readonly TariffKey OnNet = new(TariffKeyKind.Named, "on-net");

    public static readonly TariffKey SmsPremium = new(TariffKeyKind.Named, "sms-premium");

    public static TariffKey Prefix(string digits) => new(TariffKeyKind.Prefix, digits);

    public static TariffKey Short(string digits) => new(TariffKeyKind.Short, digits);

    public static bool TryParse([NotNullWhen(true)] string? text, out TariffKey key)
    {
        key = default;
        if (string.IsNullOrEmpty(text)) return false;
        key = text.StartsWith(ShortPrefix, StringComparison.Ordinal) ? Short(text[ShortPrefix.Length..])
            : char.IsAsciiDigit(text[0]) ? Prefix(text)
            : new TariffKey(TariffKeyKind.Named, text);
        return key.Kind == TariffKeyKind.Named ? Identifier.IsValid(text) : IsDigits(key.Text);
    }

    static bool IsDigits(string text) => text.Length is > 0 and <= MaxDigits && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    public int CompareTo(TariffKey other) => Kind != other.Kind ? Kind.CompareTo(other.Kind) : string.CompareOrdinal(Text, other.Text);

    public static bool operator <(TariffKey left, TariffKey right) => left.CompareTo(right) < 0;

    public static bool operator >(TariffKey left, TariffKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(TariffKey left, TariffKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TariffKey left, TariffKey right) => left.CompareTo(right) >= 0;

    public override string ToString() => Kind == TariffKeyKind.Short ? ShortPrefix + Text : Text;
}

/// <summary>What a row of a tariff speaks of: numbers by their first digits, short numbers, or a thing with a name.</summary>
public enum TariffKeyKind { Prefix, Short, Named }

/// <summary>A tariff key is its text in JSON.</summary>
public sealed class TariffKeyJsonConverter : TextJsonConverter<TariffKey>
{
    protected override bool TryParse(string text, out TariffKey value) => TariffKey.TryParse(text, out value);

    protected override string Print(TariffKey value) => value.ToString();
}
