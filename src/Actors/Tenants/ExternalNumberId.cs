using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Tenants;

/// <summary>Names an external number within its tenant.</summary>
[JsonConverter(typeof(ExternalNumberIdJsonConverter))]
public readonly record struct ExternalNumberId(string Value) : IComparable<ExternalNumberId>, IParsable<ExternalNumberId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ExternalNumberId result)
    {
        result = new ExternalNumberId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static ExternalNumberId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not an external number's id: '{s}'");

    public int CompareTo(ExternalNumberId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(ExternalNumberId left, ExternalNumberId right) => left.CompareTo(right) < 0;

    public static bool operator >(ExternalNumberId left, ExternalNumberId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExternalNumberId left, ExternalNumberId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExternalNumberId left, ExternalNumberId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>An external number's id is its text in JSON.</summary>
public sealed class ExternalNumberIdJsonConverter : TextJsonConverter<ExternalNumberId>
{
    protected override bool TryParse(string text, out ExternalNumberId value) => ExternalNumberId.TryParse(text, null, out value);

    protected override string Print(ExternalNumberId value) => value.Value;
}
