using Microsoft.Extensions.Logging;
using TeleCube.Actors.News;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <remarks>From what the recorder wrote to a message of which the caller and the webhook are told. Files are not touched in the actor's turn.</remarks>
public sealed partial class MailboxActor
{
    readonly Dictionary<string, Asker> _awaitOutcome = new(StringComparer.Ordinal);

    void TellOutcome(Asker asker, string recording)
    {
        if (State.Open.ContainsKey(recording)) _awaitOutcome[recording] = asker;
        else Answer(asker, State.Has(recording) ? MailboxAnswer.Kept : MailboxAnswer.TooShort);
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

    void Greets(MailboxEvent.GreetingRecorded recorded)
    {
        services.Audio.DropRecording(recorded.Greeting.Recording);
        if (recorded.Replaces is { } before) services.Audio.Discard(before);
        Outcome(recorded.Greeting.Recording, MailboxAnswer.Kept);
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

    void NotifyAll()
    {
        foreach (var message in State.Unnotified) Notify(message);
    }

    void Notify(string message)
    {
        if (Settings is not { WebhookUrl: { } url } || !State.Messages.TryGetValue(message, out var left)) return;
        var webhook = VoicemailNews.Webhook(id.Tenant, _number, left, State.Counts, url);
        services.Region.Tell(WebhookEntity.Of(id.Tenant, webhook.Id), new WebhookCommand.Send(webhook), Self);
    }

    sealed record KeepAgain(string Recording);

    sealed record NotifyAgain
    {
        public static readonly NotifyAgain Instance = new();
    }
}
