using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Webhooks;

/// <summary>Where webhooks go by the tenants' settings as they are now: a secret that was changed signs what still waits.</summary>
public sealed class TenantWebhooks(ITenants tenants) : IWebhookTargets
{
    public WebhookTarget? Find(OutgoingWebhook webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        if (webhook.Source is not { } source) return new WebhookTarget(webhook.Url, webhook.Secret);
        if (tenants.Find(new TenantId(webhook.Tenant)) is not { } tenant) return null;
        return WebhookSource.BoxOf(source) is { } box && tenant.Extensions.TryGetValue(box, out var extension)
            ? new WebhookTarget(extension.Voicemail.WebhookUrl, extension.Voicemail.WebhookSecret)
            : WebhookTarget.Gone;
    }
}
