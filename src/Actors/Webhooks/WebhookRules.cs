using System.Diagnostics;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Webhooks.WebhookCommand;
using static TeleCube.Actors.Webhooks.WebhookEvent;

namespace TeleCube.Actors.Webhooks;

/// <summary>How often a webhook is tried, and after how long first; each further pause is twice as long.</summary>
public sealed record WebhookOptions(int Attempts, TimeSpan RetryAfter);

/// <summary>What becomes of a webhook: queued once, tried a bounded number of times, sent or failed.</summary>
public static class WebhookRules
{
    public static Decision<WebhookEvent> Decide(WebhookState webhook, WebhookCommand command, WebhookOptions options, DateTimeOffset now) => (webhook.Status, command) switch
    {
        (WebhookStatus.None, Send(var outgoing)) => new Queued(outgoing, now),
        (WebhookStatus.Queued, Answered(WebhookOutcome.Taken)) => new Sent(now),
        (WebhookStatus.Queued, Answered(WebhookOutcome.Refused(var reason))) => new Failed(reason, now),
        (WebhookStatus.Queued, Answered(WebhookOutcome.Unreached(var reason))) => Unreached(webhook.Attempts + 1, reason, options, now),
        _ => Decision<WebhookEvent>.Nothing, // a repeat, or a late answer
    };

    public static WebhookState Apply(WebhookState webhook, WebhookEvent happened) => happened switch
    {
        Queued e => webhook with { Status = WebhookStatus.Queued, Webhook = e.Webhook, NotBefore = e.At },
        Postponed e => webhook with { Attempts = e.Attempt, Reason = e.Reason, NotBefore = e.Until },
        Sent => webhook with { Status = WebhookStatus.Sent, Reason = null },
        Failed e => webhook with { Status = WebhookStatus.Failed, Reason = e.Reason },
        _ => throw new UnreachableException($"no Apply for {happened.GetType().Name}"),
    };

    static WebhookEvent Unreached(int attempt, string reason, WebhookOptions options, DateTimeOffset now) => attempt >= options.Attempts
        ? new Failed($"{reason}; given up after {attempt} tries", now)
        : new Postponed(attempt, reason, now + (options.RetryAfter * Math.Pow(2, attempt - 1)), now);
}
