using System.Text.Json;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.News;

/// <summary>What a tenant's outsiders are told of a webhook that came to nothing; of its address only the host, for the rest may be secret.</summary>
public sealed record WebhookNews(string Id, string Event, string Host, string Reason)
{
    public static StoreWrite.Publish Failed(TenantId tenant, OutgoingWebhook webhook, WebhookEvent.Failed failed) => new(
        tenant, "webhook.failed", failed.At,
        JsonSerializer.Serialize(new WebhookNews(webhook.Id, webhook.Type, webhook.Host, failed.Reason), NewsJson.Default.WebhookNews));
}
