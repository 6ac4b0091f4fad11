using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Schemes;

/// <summary>Names a call-flow scheme within its tenant.</summary>
[JsonConverter(typeof(SchemeIdJsonConverter))]
public readonly record struct SchemeId(string Value) : IComparable<SchemeId>, IParsable<SchemeId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SchemeId result)
    {
        result = new SchemeId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static SchemeId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not a scheme's id: '{s}'");

    public int CompareTo(SchemeId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(SchemeId left, SchemeId right) => left.CompareTo(right) < 0;

    public static bool operator >(SchemeId left, SchemeId right) => left.CompareTo(right) > 0;

    public static bool operator <=(SchemeId left, SchemeId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SchemeId left, SchemeId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>A scheme's id is its text in JSON.</summary>
public sealed class SchemeIdJsonConverter : TextJsonConverter<SchemeId>
{
    protected override bool TryParse(string text, out SchemeId value) => SchemeId.TryParse(text, null, out value);

    protected override string Print(SchemeId value) => value.Value;
}
