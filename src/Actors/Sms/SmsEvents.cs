using System.Text.Json.Serialization;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Sms;

/// <summary>The names under which the events of SMS stand in the journal; never renamed.</summary>
public static class SmsEvents
{
    public static EventRegistry AddSmsEvents(this EventRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add("sms.queued", 1, SmsJson.Default.Queued)
            .Add("sms.postponed", 1, SmsJson.Default.Postponed)
            .Add("sms.sent", 1, SmsJson.Default.Sent)
            .Add("sms.failed", 1, SmsJson.Default.Failed);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SmsEvent.Queued))]
[JsonSerializable(typeof(SmsEvent.Postponed))]
[JsonSerializable(typeof(SmsEvent.Sent))]
[JsonSerializable(typeof(SmsEvent.Failed))]
[JsonSerializable(typeof(SmsState))]
sealed partial class SmsJson : JsonSerializerContext;
