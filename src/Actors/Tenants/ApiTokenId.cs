using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Tenants;

/// <summary>Names an API token within its tenant; it is the public half of the token.</summary>
[JsonConverter(typeof(ApiTokenIdJsonConverter))]
public readonly record struct ApiTokenId(string Value) : IComparable<ApiTokenId>, IParsable<ApiTokenId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ApiTokenId result)
    {
        result = new ApiTokenId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static ApiTokenId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not an API token's id: '{s}'");

    public int CompareTo(ApiTokenId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(ApiTokenId left, ApiTokenId right) => left.CompareTo(right) < 0;

    public static bool operator >(ApiTokenId left, ApiTokenId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ApiTokenId left, ApiTokenId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ApiTokenId left, ApiTokenId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>An API token's id is its text in JSON.</summary>
public sealed class ApiTokenIdJsonConverter : TextJsonConverter<ApiTokenId>
{
    protected override bool TryParse(string text, out ApiTokenId value) => ApiTokenId.TryParse(text, null, out value);

    protected override string Print(ApiTokenId value) => value.Value;
}
