using Microsoft.Extensions.Logging;
using TeleCube.Actors.News;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Webhooks;

/// <summary>What a webhook needs around it.</summary>
public sealed record WebhookServices(IWebhooks Webhooks, IWebhookTargets Targets, WebhookOptions Options, TimeProvider Clock, ILogger<WebhookActor> Log);

/// <summary>
/// One webhook on its way out. <see cref="WebhookRules"/> decides; this shell posts it. What a restart interrupts is posted again under the same id; what
/// fails for good is told on the tenant's event stream.
/// </summary>
public sealed class WebhookActor(EntityId id, WebhookServices services)
    : PersistentActor<WebhookState, WebhookEvent>(id.PersistenceId, WebhookState.Initial, WebhookRules.Apply)
{
    const string RetryTimer = "retry";

    protected override void Receive(object message)
    {
        switch (message)
        {
            case WebhookCommand.TryAgain: Try(); break;
            case WebhookCommand command:
                Settle(WebhookRules.Decide(State, command, services.Options, services.Clock.GetUtcNow()), command is WebhookCommand.Send ? new WebhookQueued(id.Id) : null);
                break;
            default: Unhandled(message); break;
        }

        if (State.Status is WebhookStatus.Sent or WebhookStatus.Failed || (message is WebhookCommand.Wake && State.Status is WebhookStatus.None)) Passivate(); // asked for again
    }

    protected override void React(WebhookEvent happened)
    {
        switch (happened)
        {
            case WebhookEvent.Queued: Try(); break;
            case WebhookEvent.Postponed later: Timers.At(RetryTimer, later.Until, new WebhookCommand.TryAgain()); break;
            case WebhookEvent.Sent: Passivate(); break;
            case WebhookEvent.Failed failed:
                services.Log.Of(id).LogWarning("A webhook to {Host} was not taken: {Reason}", State.Webhook!.Host, failed.Reason);
                Passivate();
                break;
        }
    }

    protected override void Resume()
    {
        if (State.Status is WebhookStatus.Queued) Timers.At(RetryTimer, State.NotBefore, new WebhookCommand.TryAgain());
    }

    protected override IEnumerable<StoreWrite> Project(WebhookEvent happened, WebhookState after)
    {
        if (happened is WebhookEvent.Queued) yield return new StoreWrite.Remember(id);
        if (after.Status is not WebhookStatus.Queued) yield return new StoreWrite.Forget(id);
        if (happened is WebhookEvent.Failed failed) yield return WebhookNews.Failed(id.Tenant, after.Webhook!, failed);
    }

    /// <summary>The store was away: what was to be written down is tried again, to the receiver under the same id.</summary>
    protected override void AppendFailed(AppendOutcome why, IReadOnlyList<WebhookEvent> lost)
    {
        if (why.Status is not (AppendStatus.Unavailable or AppendStatus.Unknown)) return;
        WebhookCommand again = lost is [WebhookEvent.Queued queued] ? new WebhookCommand.Send(queued.Webhook) : new WebhookCommand.TryAgain();
        Timers.After(RetryTimer, services.Options.RetryAfter, again);
    }

    void Try()
    {
        if (State is not { Status: WebhookStatus.Queued, Webhook: { } webhook }) return;
        switch (services.Targets.Find(webhook))
        {
            case { Url: not null } target: _ = Post(Self, webhook, target); break;
            case null: Self.Tell(new WebhookCommand.Answered(new WebhookOutcome.Unreached("where it goes is not known yet"))); break;
            default: Self.Tell(new WebhookCommand.Answered(new WebhookOutcome.Refused("its address was taken away meanwhile"))); break;
        }
    }

    async Task Post(ActorRef self, OutgoingWebhook webhook, WebhookTarget target)
    {
        try
        {
            self.Tell(new WebhookCommand.Answered(await services.Webhooks.Post(webhook, target, CancellationToken.None).ConfigureAwait(false)));
        }
        catch (Exception bug)
        {
            services.Log.Of(id).LogError(bug, "A webhook to {Host} failed", webhook.Host);
            self.Tell(new WebhookCommand.Answered(new WebhookOutcome.Unreached(bug.Message)));
        }
    }
}
