using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Numbers;

/// <summary>A number of a tenant's own space, 2 to 4 digits, shared by extensions, queues and ring groups (PRODUCT §1).</summary>
[JsonConverter(typeof(ExtensionNumberJsonConverter))]
public readonly record struct ExtensionNumber : IComparable<ExtensionNumber>, IParsable<ExtensionNumber>
{
    readonly string? _value;

    ExtensionNumber(string value) => _value = value;

    public string Value => _value ?? "";

    public static bool TryParse([NotNullWhen(true)] string? text, out ExtensionNumber number)
    {
        number = default;
        if (text is null || text.Length is < 2 or > 4 || text.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        if (EmergencyNumber.TryParse(text, out _)) return false;
        number = new ExtensionNumber(text);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ExtensionNumber result) => TryParse(s, out result);

    public static ExtensionNumber Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var number) ? number : throw new FormatException($"not an extension number: '{s}'");

    /// <summary>Shorter numbers first, so that 10, 11, 100 stand in the order a person expects.</summary>
    public int CompareTo(ExtensionNumber other) => Value.Length != other.Value.Length
        ? Value.Length.CompareTo(other.Value.Length)
        : string.CompareOrdinal(Value, other.Value);

    public static bool operator <(ExtensionNumber left, ExtensionNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ExtensionNumber left, ExtensionNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExtensionNumber left, ExtensionNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExtensionNumber left, ExtensionNumber right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>An extension number is its text in JSON.</summary>
public sealed class ExtensionNumberJsonConverter : TextJsonConverter<ExtensionNumber>
{
    protected override bool TryParse(string text, out ExtensionNumber value) => ExtensionNumber.TryParse(text, out value);

    protected override string Print(ExtensionNumber value) => value.Value;
}
