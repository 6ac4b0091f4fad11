namespace TeleCube.Actors.Webhooks;

/// <summary>What has happened to an outgoing webhook. A public format: named and versioned in the journal, see <see cref="WebhookEvents"/>.</summary>
public abstract record WebhookEvent
{
    WebhookEvent() { }

    public sealed record Queued(OutgoingWebhook Webhook, DateTimeOffset At) : WebhookEvent;

    /// <summary>The receiver did not take it; it is tried again then.</summary>
    public sealed record Postponed(int Attempt, string Reason, DateTimeOffset Until, DateTimeOffset At) : WebhookEvent;

    public sealed record Sent(DateTimeOffset At) : WebhookEvent;

    public sealed record Failed(string Reason, DateTimeOffset At) : WebhookEvent;
}
