using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.News;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>What a box needs around it. <paramref name="IsRecording"/>: whether the recorder still writes to a file.</summary>
public sealed record MailboxServices(
    Mailboxes Mailboxes, ITenants Tenants, VoicemailAudio Audio, Func<string, bool> IsRecording, ShardRegion Region, TimeProvider Clock, ILogger<MailboxActor> Log);

/// <summary>
/// The voicemail box of one extension. <see cref="MailboxRules"/> decides; this shell makes messages of recordings, answers calls that ask, and publishes each
/// durable state for the message lamp. A recording that a restart interrupts is kept as far as it was on the disk.
/// </summary>
public sealed class MailboxActor(EntityId id, MailboxServices services)
    : PersistentActor<MailboxState, MailboxEvent>(id.PersistenceId, MailboxState.Initial, MailboxRules.Apply)
{
    static readonly TimeSpan _again = TimeSpan.FromSeconds(5);

    readonly ExtensionNumber _number = ExtensionNumber.Parse(id.Id);
    readonly Dictionary<string, Asker> _awaitOutcome = new(StringComparer.Ordinal);
    (Asker Asker, MailboxAnswer Answer)? _onceDurable;

    protected override int SnapshotEvery => 100;

    /// <summary>Its extension is gone: whoever has the number next must not hear what was left for the one before.</summary>
    bool IsNobodys => services.Tenants.Find(id.Tenant) is { } tenant && !tenant.Extensions.ContainsKey(_number);

    VoicemailSettings Settings => services.Tenants.Find(id.Tenant)?.Extensions.GetValueOrDefault(_number)?.Voicemail ?? VoicemailSettings.Default;

    protected override void Receive(object message)
    {
        switch (message)
        {
            case MailboxCommand.Asked asked: Take(new Asker(asked.Call, asked.Serial), asked.Question); break;
            case MailboxCommand.Finish(var recording): Keep(recording); break;
            case KeepAgain(var recording): KeepLater(recording); break;
            case PinResult(var asker, var right): TakePin(asker, right); break;
            case WebhookQueued queued: Decide(new MailboxCommand.Notified(queued.Id)); break;
            case MailboxCommand command: Decide(command); break;
            case GetMailbox: Reply(State); break;
            case Rejection: break; // a webhook that could not be written down is told again with the next start
            default: Unhandled(message); break;
        }
    }

    void Decide(MailboxCommand command) => Settle(MailboxRules.Decide(State, command, Settings, services.Clock.GetUtcNow()));

    protected override void React(MailboxEvent happened)
    {
        Publish();
        if (_onceDurable is var (asker, answer)) Answer(asker, answer);
        _onceDurable = null;
        switch (happened)
        {
            case MailboxEvent.RecordingBegan began when !services.IsRecording(services.Audio.PathOf(began.Recording.Id)): Keep(began.Recording.Id); break;
            case MailboxEvent.MessageLeft when IsNobodys: Self.Tell(new MailboxCommand.Clear()); break;
            case MailboxEvent.MessageLeft left: Left(left); break;
            case MailboxEvent.RecordingDropped dropped: Dropped(dropped); break;
            case MailboxEvent.MessageDeleted deleted: services.Audio.Discard(deleted.File); break;
            case MailboxEvent.PinRefused { LockedUntil: { } until }:
                services.Log.Of(id).LogWarning("Voicemail takes no PIN until {Until}: too many were wrong", until);
                break;
        }
    }

    protected override void Resume()
    {
        Publish();
        foreach (var recording in State.Open.Keys.Where(open => !services.IsRecording(services.Audio.PathOf(open)))) Keep(recording);
        if (IsNobodys && !State.Messages.IsEmpty) Self.Tell(new MailboxCommand.Clear()); // the word of it may have been lost
        else foreach (var message in State.Unnotified) Notify(message);
    }

    protected override IEnumerable<StoreWrite> Project(MailboxEvent happened, MailboxState after)
    {
        var wasInUse = InUse(State);
        if (InUse(after) && !wasInUse) yield return new StoreWrite.Remember(id);
        if (!InUse(after) && wasInUse) yield return new StoreWrite.Forget(id);
        if (VoicemailNews.Of(id.Tenant, _number, happened, State, after) is { } news) yield return news;
    }

    protected override void AppendFailed(AppendOutcome why, IReadOnlyList<MailboxEvent> lost)
    {
        if (_onceDurable is var (asker, _)) Answer(asker, MailboxAnswer.Failed);
        _onceDurable = null;
        if (IsNobodys) Timers.After("clear", _again, new MailboxCommand.Clear());
        foreach (var happened in lost)
        {
            if (happened is MailboxEvent.MessageLeft left) KeepLater(left.Message.Id);
            else if (happened is MailboxEvent.RecordingBegan began) Timers.After($"begin {began.Recording.Id}", _again, new MailboxCommand.Close(began.Recording));
        }
    }

    static bool InUse(MailboxState box) => box.Messages.Count + box.Open.Count > 0 || box.PinFailures > 0 || box.LockedUntil is not null;

    void Publish()
    {
        services.Mailboxes.Publish(id.Tenant, _number, State);
        Context.System.EventStream.Publish(new MailboxChanged(id.Tenant, _number, State.Counts));
    }

    void Take(Asker asker, MailboxQuestion question)
    {
        switch (question)
        {
            case MailboxQuestion.CheckPin check: CheckPin(asker, check.Pin); break;
            case MailboxQuestion.Outcome(var recording) when State.Open.ContainsKey(recording): _awaitOutcome[recording] = asker; break;
            case MailboxQuestion.Outcome(var recording): Answer(asker, State.Messages.ContainsKey(recording) ? MailboxAnswer.Kept : MailboxAnswer.TooShort); break;
            case MailboxQuestion.MarkHeard(var message): DecideFor(asker, new MailboxCommand.MarkHeard(message, true)); break;
            case MailboxQuestion.Delete(var message): DecideFor(asker, new MailboxCommand.Delete(message)); break;
        }
    }

    /// <summary>A message that is gone meanwhile is as good as done.</summary>
    void DecideFor(Asker asker, MailboxCommand command, MailboxAnswer answer = MailboxAnswer.Done)
    {
        var decision = MailboxRules.Decide(State, command, Settings, services.Clock.GetUtcNow());
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

    /// <summary>Slow by intent, so not in the actor's turn.</summary>
    void CheckPin(Asker asker, string pin)
    {
        if (Settings.Pin is not { } hash) Answer(asker, MailboxAnswer.PinWrong);
        else if (State.IsLocked(services.Clock.GetUtcNow())) Answer(asker, MailboxAnswer.PinLocked);
        else _ = Verify(Self, asker, hash, pin);
    }

    static async Task Verify(ActorRef self, Asker asker, PasswordHash hash, string pin) =>
        self.Tell(new PinResult(asker, await Task.Run(() => hash.Verify(pin)).ConfigureAwait(false)));

    void TakePin(Asker asker, bool right)
    {
        var now = services.Clock.GetUtcNow();
        var answer = State.IsLocked(now) ? MailboxAnswer.PinLocked
            : right ? MailboxAnswer.PinRight
            : State.PinFailures + 1 >= MailboxRules.MostPinFailures ? MailboxAnswer.PinLocked
            : MailboxAnswer.PinWrong;
        DecideFor(asker, new MailboxCommand.PinChecked(right), answer);
    }

    void Keep(string recording)
    {
        if (State.Open.ContainsKey(recording)) _ = Keep(Self, recording);
    }

    async Task Keep(ActorRef self, string recording)
    {
        try
        {
            self.Tell(await Task.Run(() => services.Audio.Keep(id.Tenant, _number, recording)).ConfigureAwait(false));
        }
        catch (Exception fault) when (fault is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            services.Log.Of(id).LogWarning(fault, "A message could not be kept yet");
            self.Tell(new KeepAgain(recording));
        }
    }

    void KeepLater(string recording) => Timers.After($"keep {recording}", _again, new MailboxCommand.Finish(recording));

    void Left(MailboxEvent.MessageLeft left)
    {
        services.Audio.DropRecording(left.Message.Id);
        Outcome(left.Message.Id, MailboxAnswer.Kept);
        if (left.Notify) Notify(left.Message.Id);
    }

    void Dropped(MailboxEvent.RecordingDropped dropped)
    {
        services.Audio.DropRecording(dropped.Recording);
        Outcome(dropped.Recording, dropped.Why);
        if (dropped.Why is not MailboxAnswer.TooShort)
            services.Log.Of(id).LogWarning("A message was not kept: {Reason}", dropped.Reason);
    }

    void Outcome(string recording, MailboxAnswer answer)
    {
        if (_awaitOutcome.Remove(recording, out var asker)) Answer(asker, answer);
    }

    void Notify(string message)
    {
        if (Settings is not { WebhookUrl: { } url } settings || !State.Messages.TryGetValue(message, out var left)) return;
        var webhook = VoicemailNews.Webhook(id.Tenant, _number, left, State.Counts, url) with { Secret = settings.WebhookSecret };
        services.Region.Tell(WebhookEntity.Of(id.Tenant, webhook.Id), new WebhookCommand.Send(webhook), Self);
    }

    void Answer(Asker asker, MailboxAnswer answer) =>
        services.Region.Tell(asker.Call.Entity(id.Tenant), new CallCommand.MailboxSays(asker.Serial, answer));

    readonly record struct Asker(CallId Call, int Serial);

    sealed record PinResult(Asker Asker, bool Right);

    sealed record KeepAgain(string Recording);
}
