using System.Text.Json.Serialization;

namespace TeleCube.Actors.News;

/// <summary>The JSON forms of what tenants are told.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(DirectionConverter), typeof(ReasonConverter)])]
[JsonSerializable(typeof(CallNews))]
[JsonSerializable(typeof(RegistrationNews))]
[JsonSerializable(typeof(ConfigurationNews))]
[JsonSerializable(typeof(QueueNews))]
[JsonSerializable(typeof(VoicemailNews))]
[JsonSerializable(typeof(WebhookNews))]
sealed partial class NewsJson : JsonSerializerContext;

/// <summary>incoming, outgoing, internal.</summary>
sealed class DirectionConverter() : JsonStringEnumConverter<Calls.Model.CallDirection>(System.Text.Json.JsonNamingPolicy.CamelCase);

/// <summary>removed, expired, connection-closed, extension-deleted.</summary>
sealed class ReasonConverter() : JsonStringEnumConverter<Extensions.UnregisterReason>(System.Text.Json.JsonNamingPolicy.KebabCaseLower);
