namespace TeleCube.Actors.Webhooks;

/// <summary>Brings one message to its receiver, once; what fails is said, never thrown.</summary>
public interface IWebhooks
{
    Task<WebhookOutcome> Post(OutgoingWebhook webhook, WebhookTarget target, CancellationToken stop);
}

/// <summary>What became of one try.</summary>
public abstract record WebhookOutcome
{
    WebhookOutcome() { }

    public sealed record Taken : WebhookOutcome;

    /// <summary>Trying again would not help.</summary>
    public sealed record Refused(string Reason) : WebhookOutcome;

    /// <summary>It may be better later.</summary>
    public sealed record Unreached(string Reason) : WebhookOutcome;
}
