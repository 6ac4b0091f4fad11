using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Trunks;

/// <summary>The operator's name of a trunk.</summary>
[JsonConverter(typeof(TrunkIdJsonConverter))]
public readonly record struct TrunkId(string Value) : IComparable<TrunkId>, IParsable<TrunkId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TrunkId result)
    {
        result = new TrunkId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static TrunkId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not a trunk's id: '{s}'");

    public int CompareTo(TrunkId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(TrunkId left, TrunkId right) => left.CompareTo(right) < 0;

    public static bool operator >(TrunkId left, TrunkId right) => left.CompareTo(right) > 0;

    public static bool operator <=(TrunkId left, TrunkId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TrunkId left, TrunkId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>A trunk's id is its text in JSON.</summary>
public sealed class TrunkIdJsonConverter : TextJsonConverter<TrunkId>
{
    protected override bool TryParse(string text, out TrunkId value) => TrunkId.TryParse(text, null, out value);

    protected override string Print(TrunkId value) => value.Value;
}
