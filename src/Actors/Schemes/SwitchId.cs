using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Schemes;

/// <summary>Names a manual switch within its tenant.</summary>
[JsonConverter(typeof(SwitchIdJsonConverter))]
public readonly record struct SwitchId(string Value) : IComparable<SwitchId>, IParsable<SwitchId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SwitchId result)
    {
        result = new SwitchId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static SwitchId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not a switch's id: '{s}'");

    public int CompareTo(SwitchId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(SwitchId left, SwitchId right) => left.CompareTo(right) < 0;

    public static bool operator >(SwitchId left, SwitchId right) => left.CompareTo(right) > 0;

    public static bool operator <=(SwitchId left, SwitchId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SwitchId left, SwitchId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>A switch's id is its text in JSON.</summary>
public sealed class SwitchIdJsonConverter : TextJsonConverter<SwitchId>
{
    protected override bool TryParse(string text, out SwitchId value) => SwitchId.TryParse(text, null, out value);

    protected override string Print(SwitchId value) => value.Value;
}
