using System.Text.Json.Serialization;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Webhooks;

/// <summary>The names under which the events of webhooks stand in the journal; never renamed.</summary>
public static class WebhookEvents
{
    public static EventRegistry AddWebhookEvents(this EventRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add("webhook.queued", 1, WebhookJson.Default.Queued)
            .Add("webhook.postponed", 1, WebhookJson.Default.Postponed)
            .Add("webhook.sent", 1, WebhookJson.Default.Sent)
            .Add("webhook.failed", 1, WebhookJson.Default.Failed);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookEvent.Queued))]
[JsonSerializable(typeof(WebhookEvent.Postponed))]
[JsonSerializable(typeof(WebhookEvent.Sent))]
[JsonSerializable(typeof(WebhookEvent.Failed))]
sealed partial class WebhookJson : JsonSerializerContext;
