using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Platform;

/// <summary>The operator's name of a package, such as <c>premium</c>.</summary>
[JsonConverter(typeof(PackageIdJsonConverter))]
public readonly record struct PackageId(string Value) : IComparable<PackageId>, IParsable<PackageId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PackageId result)
    {
        result = new PackageId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static PackageId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not a package's id: '{s}'");

    public int CompareTo(PackageId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(PackageId left, PackageId right) => left.CompareTo(right) < 0;

    public static bool operator >(PackageId left, PackageId right) => left.CompareTo(right) > 0;

    public static bool operator <=(PackageId left, PackageId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PackageId left, PackageId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>A package's id is its text in JSON.</summary>
public sealed class PackageIdJsonConverter : TextJsonConverter<PackageId>
{
    protected override bool TryParse(string text, out PackageId value) => PackageId.TryParse(text, null, out value);

    protected override string Print(PackageId value) => value.Value;
}
