using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.News;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>
/// The voicemail box of one extension. <see cref="MailboxRules"/> decides; this shell makes messages of recordings, answers calls that ask, and publishes each
/// durable state for the message lamp. What the store did not take is said again until it does.
/// </summary>
public sealed partial class MailboxActor(EntityId id, MailboxServices services)
    : PersistentActor<MailboxState, MailboxEvent>(id.PersistenceId, MailboxState.Initial, MailboxRules.Apply)
{
    static readonly TimeSpan _again = TimeSpan.FromSeconds(5), _notifyAgain = TimeSpan.FromMinutes(1);

    readonly ExtensionNumber _number = ExtensionNumber.Parse(id.Id);
    (Asker Asker, MailboxAnswer Answer)? _onceDurable;

    protected override int SnapshotEvery => 100;

    /// <summary>Its extension is gone: whoever has the number next must not hear what was left for the one before.</summary>
    bool IsNobodys => services.Tenants.Find(id.Tenant) is { } tenant && !tenant.Extensions.ContainsKey(_number);

    VoicemailSettings Settings => services.Tenants.Find(id.Tenant)?.Extensions.GetValueOrDefault(_number)?.Voicemail ?? VoicemailSettings.Default;

    DateTimeOffset Now => services.Clock.GetUtcNow();

    protected override void Receive(object message)
    {
        switch (message)
        {
            case MailboxCommand.Asked asked: Take(new Asker(asked.Call, asked.Serial), asked.Question); break;
            case MailboxCommand.Finish(var recording): Keep(recording); break;
            case KeepAgain(var recording): KeepLater(recording); break;
            case PinResult result: TakePin(result); break;
            case CountPin count: Count(count); break;
            case WebhookQueued queued: Decide(new MailboxCommand.Notified(queued.Id)); break;
            case MailboxCommand command: Decide(command); break;
            case GetMailbox: Reply(State); break;
            case Rejection: Timers.After("notify", _notifyAgain, NotifyAgain.Instance); break; // a webhook could not be written down
            case NotifyAgain: NotifyAll(); break;
            default: Unhandled(message); break;
        }
    }

    void Decide(MailboxCommand command) => Settle(MailboxRules.Decide(State, command, Settings, Now));

    protected override void React(MailboxEvent happened)
    {
        Publish();
        if (_onceDurable is var (asker, answer)) Answer(asker, answer);
        _onceDurable = null;
        switch (happened)
        {
            case MailboxEvent.RecordingBegan began when !services.IsRecording(services.Audio.PathOf(began.Recording.Id)): Keep(began.Recording.Id); break;
            case MailboxEvent.MessageLeft or MailboxEvent.GreetingRecorded when IsNobodys: Self.Tell(new MailboxCommand.Clear()); break;
            case MailboxEvent.MessageLeft left: Left(left); break;
            case MailboxEvent.RecordingDropped dropped: Dropped(dropped); break;
            case MailboxEvent.MessageDeleted deleted: services.Audio.Discard(deleted.File); break;
            case MailboxEvent.GreetingRecorded recorded: Greets(recorded); break;
            case MailboxEvent.GreetingDeleted deleted: services.Audio.Discard(deleted.File); break;
            case MailboxEvent.PinRefused { Locks: true } refused: LogLock(refused); break;
        }
    }

    protected override void Resume()
    {
        Publish();
        foreach (var recording in State.Open.Keys.Where(open => !services.IsRecording(services.Audio.PathOf(open)))) Keep(recording);
        if (IsNobodys && !(State.Messages.IsEmpty && State.Greeting is null && State.Pins.IsOpen)) Self.Tell(new MailboxCommand.Clear()); // the word of it may have been lost
        else NotifyAll();
    }

    protected override IEnumerable<StoreWrite> Project(MailboxEvent happened, MailboxState after)
    {
        if (after.IsInUse && !State.IsInUse) yield return new StoreWrite.Remember(id);
        if (!after.IsInUse && State.IsInUse) yield return new StoreWrite.Forget(id);
        if (VoicemailRows.Of(id.Tenant, _number, happened, after) is { } row) yield return row;
        if (VoicemailNews.Of(id.Tenant, _number, happened, State, after) is { } news) yield return news;
    }

    protected override void AppendFailed(AppendOutcome why, IReadOnlyList<MailboxEvent> lost)
    {
        if (_onceDurable is var (asker, _)) Answer(asker, MailboxAnswer.Failed);
        _onceDurable = null;
        if (why.Status is AppendStatus.Faulty) return; // it would come to the same again
        if (IsNobodys) Timers.After("clear", _again, new MailboxCommand.Clear());
        foreach (var happened in lost) SayAgain(happened);
    }

    /// <summary>What nobody else says a second time: a caller who is told that it failed may try again, and what is too old is looked for every hour.</summary>
    void SayAgain(MailboxEvent lost)
    {
        switch (lost)
        {
            case MailboxEvent.RecordingBegan(var recording, _): Timers.After($"begin {recording.Id}", _again, new MailboxCommand.Close(recording)); break;
            case MailboxEvent.RecordingDropped dropped: KeepLater(dropped.Recording); break; // its file is as it was, so it comes to the same
            case MailboxEvent.MessageLeft left: KeepLater(left.Message.Id); break;
            case MailboxEvent.GreetingRecorded recorded: KeepLater(recorded.Greeting.Recording); break;
            case MailboxEvent.WebhookHandedOver(var message, _): Timers.After($"notified {message}", _again, new MailboxCommand.Notified(message)); break;
            case MailboxEvent.PinRefused refused: CountLater(refused); break;
        }
    }

    void Publish()
    {
        services.Mailboxes.Publish(id.Tenant, _number, State);
        Context.System.EventStream.Publish(new MailboxChanged(id.Tenant, _number, State.Counts));
    }

    void Take(Asker asker, MailboxQuestion question)
    {
        switch (question)
        {
            case MailboxQuestion.CheckPin check: CheckPin(asker, check); break;
            case MailboxQuestion.Outcome(var recording): TellOutcome(asker, recording); break;
            case MailboxQuestion.MarkHeard(var message): DecideFor(asker, new MailboxCommand.MarkHeard(message, true)); break;
            case MailboxQuestion.Delete(var message): DecideFor(asker, new MailboxCommand.Delete(message)); break;
            case MailboxQuestion.DeleteGreeting: DecideFor(asker, new MailboxCommand.DeleteGreeting()); break;
        }
    }

    /// <summary>A message that is gone meanwhile is as good as done.</summary>
    void DecideFor(Asker asker, MailboxCommand command) => Carry(asker, MailboxRules.Decide(State, command, Settings, Now), MailboxAnswer.Done);

    /// <summary>The call is answered when what was decided is durable.</summary>
    void Carry(Asker asker, Decision<MailboxEvent> decision, MailboxAnswer answer)
    {
        if (decision.Events is { Count: > 0 })
        {
            _onceDurable = (asker, answer);
            Settle(decision);
        }
        else
        {
            Answer(asker, answer);
        }
    }

    void Answer(Asker asker, MailboxAnswer answer) =>
        services.Region.Tell(asker.Call.Entity(id.Tenant), new CallCommand.MailboxSays(asker.Serial, answer));

    readonly record struct Asker(CallId Call, int Serial);
}
