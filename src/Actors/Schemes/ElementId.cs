using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Schemes;

/// <summary>Names an element within its scheme.</summary>
[JsonConverter(typeof(ElementIdJsonConverter))]
public readonly record struct ElementId(string Value) : IComparable<ElementId>, IParsable<ElementId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ElementId result)
    {
        result = new ElementId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static ElementId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not an element's id: '{s}'");

    public int CompareTo(ElementId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(ElementId left, ElementId right) => left.CompareTo(right) < 0;

    public static bool operator >(ElementId left, ElementId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ElementId left, ElementId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ElementId left, ElementId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>An element's id is its text in JSON.</summary>
public sealed class ElementIdJsonConverter : TextJsonConverter<ElementId>
{
    protected override bool TryParse(string text, out ElementId value) => ElementId.TryParse(text, null, out value);

    protected override string Print(ElementId value) => value.Value;
}
