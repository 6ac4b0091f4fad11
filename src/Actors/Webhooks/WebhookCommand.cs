namespace TeleCube.Actors.Webhooks;

/// <summary>What is said to an outgoing webhook.</summary>
public abstract record WebhookCommand
{
    WebhookCommand() { }

    /// <summary>Answered with <see cref="WebhookQueued"/> once it will surely be tried. Said again it does nothing, and is answered the same.</summary>
    public sealed record Send(OutgoingWebhook Webhook) : WebhookCommand;

    /// <summary>What became of a try.</summary>
    public sealed record Answered(WebhookOutcome Outcome) : WebhookCommand;

    public sealed record TryAgain : WebhookCommand;

    /// <summary>After a restart: begin, so that what waits is sent.</summary>
    public sealed record Wake : WebhookCommand;
}

/// <summary>The webhook is in the journal: whoever asked for it need not remember it any more.</summary>
public sealed record WebhookQueued(string Id);
