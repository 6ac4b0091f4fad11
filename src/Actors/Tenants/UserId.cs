using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Tenants;

/// <summary>Names a user within its tenant.</summary>
[JsonConverter(typeof(UserIdJsonConverter))]
public readonly record struct UserId(string Value) : IComparable<UserId>, IParsable<UserId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UserId result)
    {
        result = new UserId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static UserId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not a user's id: '{s}'");

    public int CompareTo(UserId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(UserId left, UserId right) => left.CompareTo(right) < 0;

    public static bool operator >(UserId left, UserId right) => left.CompareTo(right) > 0;

    public static bool operator <=(UserId left, UserId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(UserId left, UserId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>A user's id is its text in JSON.</summary>
public sealed class UserIdJsonConverter : TextJsonConverter<UserId>
{
    protected override bool TryParse(string text, out UserId value) => UserId.TryParse(text, null, out value);

    protected override string Print(UserId value) => value.Value;
}
