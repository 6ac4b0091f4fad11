namespace TeleCube.Actors.Webhooks;

/// <summary>How far a webhook has come.</summary>
public enum WebhookStatus { None, Queued, Sent, Failed }

/// <summary>One outgoing webhook and what became of it.</summary>
public sealed record WebhookState
{
    public static readonly WebhookState Initial = new();

    public WebhookStatus Status { get; init; }

    public OutgoingWebhook? Webhook { get; init; }

    /// <summary>Tries that the receiver did not take.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset NotBefore { get; init; }

    /// <summary>Why it failed, or waits.</summary>
    public string? Reason { get; init; }
}
