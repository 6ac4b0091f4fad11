using Microsoft.Extensions.Logging;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Sms;

/// <summary>What an SMS needs around it.</summary>
public sealed record SmsServices(ISmsGateway Gateway, SmsOptions Options, TimeProvider Clock, ILogger<SmsActor> Log);

/// <summary>
/// One SMS on its way out. <see cref="SmsRules"/> decides; this shell talks to the gateway. What a restart interrupts is sent again under the same id.
/// </summary>
public sealed class SmsActor(EntityId id, SmsServices services)
    : PersistentActor<SmsState, SmsEvent>(id.PersistenceId, SmsState.Initial, SmsRules.Apply)
{
    const string RetryTimer = "retry";

    protected override void Receive(object message)
    {
        switch (message)
        {
            case SmsCommand.TryAgain: Try(); break;
            case SmsCommand command: Settle(SmsRules.Decide(State, command, services.Options, services.Clock.GetUtcNow())); break;
            default: Unhandled(message); break;
        }

        if (State.Status is SmsStatus.Sent or SmsStatus.Failed || (message is SmsCommand.Wake && State.Status is SmsStatus.None)) Passivate(); // asked for again
    }

    protected override void React(SmsEvent happened)
    {
        switch (happened)
        {
            case SmsEvent.Queued: Try(); break;
            case SmsEvent.Postponed later: Timers.At(RetryTimer, later.Until, new SmsCommand.TryAgain()); break;
            case SmsEvent.Sent: Passivate(); break;
            case SmsEvent.Failed failed:
                services.Log.Of(id).LogWarning("An SMS to {Number} was not sent: {Reason}", NumberMask.Of(State.Sms!.To), failed.Reason);
                Passivate();
                break;
        }
    }

    protected override void Resume()
    {
        if (State.Status is SmsStatus.Queued) Timers.At(RetryTimer, State.NotBefore, new SmsCommand.TryAgain());
    }

    protected override IEnumerable<StoreWrite> Project(SmsEvent happened, SmsState after)
    {
        yield return SmsLog.Row(after);
        if (happened is SmsEvent.Queued) yield return new StoreWrite.Remember(id);
        if (after.Status is not SmsStatus.Queued) yield return new StoreWrite.Forget(id);
    }

    /// <summary>The store was away: what was to be written down is tried again, to the gateway under the same id.</summary>
    protected override void AppendFailed(AppendOutcome why, IReadOnlyList<SmsEvent> lost)
    {
        if (why.Status is not (AppendStatus.Unavailable or AppendStatus.Unknown)) return;
        SmsCommand again = lost is [SmsEvent.Queued queued] ? new SmsCommand.Send(queued.Sms) : new SmsCommand.TryAgain();
        Timers.After(RetryTimer, services.Options.RetryAfter, again);
    }

    void Try()
    {
        if (State is { Status: SmsStatus.Queued, Sms: { } sms }) _ = Ask(Self, new SmsMessage(sms.Id, sms.To, sms.Text));
    }

    async Task Ask(ActorRef self, SmsMessage message)
    {
        try
        {
            self.Tell(new SmsCommand.Answered(await services.Gateway.Send(message, CancellationToken.None).ConfigureAwait(false)));
        }
        catch (Exception bug)
        {
            services.Log.Of(id).LogError(bug, "The SMS gateway failed on a message to {Number}", NumberMask.Of(message.To));
            self.Tell(new SmsCommand.Answered(new SmsOutcome.Unreached(bug.Message)));
        }
    }
}
