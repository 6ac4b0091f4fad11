using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Numbers;

/// <summary>A number of the world's plan, in the form <c>+48111222333</c> (ITU-T E.164).</summary>
[JsonConverter(typeof(E164JsonConverter))]
public readonly record struct E164 : IComparable<E164>, IParsable<E164>
{
    const int MaxDigits = 15; // E.164 §6.1
    const int MinDigits = 7;

    readonly string? _value;

    E164(string value) => _value = value;

    public string Value => _value ?? "";

    /// <summary>The digits without the plus, as tariffs and numbering plans know them.</summary>
    public ReadOnlySpan<char> Digits => Value.AsSpan(Math.Min(1, Value.Length));

    public bool IsPolish => Digits.StartsWith("48", StringComparison.Ordinal);

    /// <summary>The nine digits of a Polish number, empty for others.</summary>
    public string National => IsPolish ? Value[3..] : "";

    /// <summary>Takes the canonical form only; what a person or a carrier writes goes through <see cref="DialledNumber"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out E164 number)
    {
        number = default;
        if (text is null || text.Length is < MinDigits + 1 or > MaxDigits + 1 || text[0] != '+' || text[1] == '0') return false;
        if (text.AsSpan(1).ContainsAnyExceptInRange('0', '9')) return false;
        number = new E164(text);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out E164 result) => TryParse(s, out result);

    public static E164 Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var number) ? number : throw new FormatException($"not an E.164 number: '{s}'");

    /// <summary>For logs: country and the last three digits stay readable.</summary>
    public string Masked => NumberMask.Of(Value);

    public int CompareTo(E164 other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(E164 left, E164 right) => left.CompareTo(right) < 0;

    public static bool operator >(E164 left, E164 right) => left.CompareTo(right) > 0;

    public static bool operator <=(E164 left, E164 right) => left.CompareTo(right) <= 0;

    public static bool operator >=(E164 left, E164 right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>An E.164 number is its text in JSON.</summary>
public sealed class E164JsonConverter : TextJsonConverter<E164>
{
    protected override bool TryParse(string text, out E164 value) => E164.TryParse(text, out value);

    protected override string Print(E164 value) => value.Value;
}
