using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;

namespace TeleCube.Api.Http;

/// <summary>What a field of a type should have been, for people.</summary>
static class Expectation
{
    const string Id = "must be an id: 1 to 64 of a-z, 0-9, '-' and '_', beginning with a letter or digit";

    static readonly Dictionary<Type, string> _texts = new()
    {
        [typeof(ElementId)] = Id,
        [typeof(SchemeId)] = Id,
        [typeof(SwitchId)] = Id,
        [typeof(ExternalNumberId)] = Id,
        [typeof(SoundId)] = "must be an announcement's id, or prompt/ and the name of a built-in prompt",
        [typeof(ExtensionNumber)] = "must be 2 to 4 digits and no emergency number",
        [typeof(ConsultantId)] = "must be an extension, or external: and an external number's id",
        [typeof(AnnouncementId)] = Id,
        [typeof(char)] = "must be one key",
        [typeof(E164)] = "must be a phone number: 9 digits, or + or 00 and the country code",
        [typeof(DayTime)] = "must be a time on the clock such as 08:00",
        [typeof(MonthDay)] = "must be a day of the year such as 12-24",
    };

    /// <summary>What is said of a kind that its family does not have.</summary>
    public static string OfKind(string kind, IEnumerable<string> known) => $"'{kind}' is not known; it must be one of {string.Join(", ", known)}";

    public static string Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum) return "must be one of " + string.Join(", ", Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName));
        if (plain == typeof(string)) return "must be a text";
        if (plain == typeof(bool)) return "must be true or false";
        if (plain == typeof(int)) return $"must be a whole number (at most {int.MaxValue})";
        if (plain == typeof(long)) return "must be a whole number";
        if (plain == typeof(decimal)) return "must be a number";
        if (plain == typeof(DateTimeOffset)) return "must be a time such as 2026-01-31T12:00:00Z";
        if (plain == typeof(DateOnly)) return "must be a day such as 2026-01-31";
        if (_texts.TryGetValue(plain, out var text)) return text;
        if (ApiJson.Options.GetTypeInfo(plain).Kind == JsonTypeInfoKind.Dictionary) return "must be an object";
        return typeof(System.Collections.IEnumerable).IsAssignableFrom(plain) ? "must be a list" : "must be an object";
    }
}
