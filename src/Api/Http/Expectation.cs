using System.Text.Json;

namespace TeleCube.Api.Http;

/// <summary>What a field of a type should have been, for people.</summary>
static class Expectation
{
    public static string Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum) return "must be one of " + string.Join(", ", Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName));
        if (plain == typeof(string)) return "must be a text";
        if (plain == typeof(bool)) return "must be true or false";
        if (plain == typeof(int) || plain == typeof(long)) return "must be a whole number";
        if (plain == typeof(decimal)) return "must be a number";
        if (plain == typeof(DateTimeOffset)) return "must be a time such as 2026-01-31T12:00:00Z";
        if (plain == typeof(DateOnly)) return "must be a day such as 2026-01-31";
        return typeof(System.Collections.IEnumerable).IsAssignableFrom(plain) ? "must be a list" : "must be an object";
    }
}
