using System.Diagnostics;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Voicemail.MailboxCommand;
using static TeleCube.Actors.Voicemail.MailboxEvent;

namespace TeleCube.Actors.Voicemail;

/// <summary>What may happen to a voicemail box. A message is one when it is journaled; until then it is a recording.</summary>
public static class MailboxRules
{
    public static Decision<MailboxEvent> Decide(MailboxState box, MailboxCommand command, VoicemailSettings settings, DateTimeOffset now) => command switch
    {
        Begin(var recording) => Begun(box, recording, now),
        Close(var recording) => Begun(box, recording, now),
        Kept kept => Keep(box, kept, settings, now),
        NotKept(var id, var why, var reason) => box.Open.ContainsKey(id) ? new RecordingDropped(id, why, reason, now) : Decision<MailboxEvent>.Nothing,
        MarkHeard(var id, var heard) => Mark(box, id, heard, now),
        Delete(var id) => box.Messages.TryGetValue(id, out var message) ? Deleted(message, now) : Decision<MailboxEvent>.Reject(Refusals.NoSuchMessage, id),
        DeleteGreeting => GreetingGone(box, now).ToList(),
        PinChecked(var right, var from) => CheckPin(box.Pins, right, from, now),
        Unlock => box.Pins.IsOpen ? Decision<MailboxEvent>.Nothing : new PinUnlocked(now),
        Notified(var id) => box.Unnotified.Contains(id) ? new WebhookHandedOver(id, now) : Decision<MailboxEvent>.Nothing,
        Expire => Old(box, now - settings.Retention).Select(MailboxEvent (old) => Deleted(old, now)).ToList(),
        Clear => box.Messages.Values.Select(MailboxEvent (old) => Deleted(old, now)).Concat(GreetingGone(box, now)).Concat(box.Pins.IsOpen ? [] : [new PinUnlocked(now)]).ToList(),
        _ => Decision<MailboxEvent>.Nothing,
    };

    public static MailboxState Apply(MailboxState box, MailboxEvent happened) => happened switch
    {
        RecordingBegan e => box with { Open = box.Open.SetItem(e.Recording.Id, e.Recording) },
        RecordingDropped e => box with { Open = box.Open.Remove(e.Recording) },
        MessageLeft e => box with
        {
            Open = box.Open.Remove(e.Message.Id),
            Messages = box.Messages.SetItem(e.Message.Id, e.Message),
            Unnotified = e.Notify ? box.Unnotified.Add(e.Message.Id) : box.Unnotified,
        },
        MessageHeard e => box with { Messages = box.Messages.SetItem(e.Message, box.Messages[e.Message] with { HeardAt = e.Heard ? e.At : null }) },
        MessageDeleted e => box with { Messages = box.Messages.Remove(e.Message), Unnotified = box.Unnotified.Remove(e.Message) },
        WebhookHandedOver e => box with { Unnotified = box.Unnotified.Remove(e.Message) },
        GreetingRecorded e => box with { Open = box.Open.Remove(e.Greeting.Recording), Greeting = e.Greeting },
        GreetingDeleted => box with { Greeting = null },
        PinAccepted e => box with { Pins = box.Pins.After(e) },
        PinRefused e => box with { Pins = box.Pins.After(e) },
        PinUnlocked => box with { Pins = PinLock.Open },
        _ => throw new UnreachableException($"no Apply for {happened.GetType().Name}"),
    };

    public static IEnumerable<VoicemailMessage> Old(MailboxState box, DateTimeOffset before) =>
        box.Messages.Values.Where(message => message.ReceivedAt < before);

    static MessageDeleted Deleted(VoicemailMessage message, DateTimeOffset now) => new(message.Id, message.File, now);

    static IEnumerable<MailboxEvent> GreetingGone(MailboxState box, DateTimeOffset now) =>
        box.Greeting is { } greeting ? [new GreetingDeleted(greeting.File, now)] : [];

    static Decision<MailboxEvent> Begun(MailboxState box, OpenRecording recording, DateTimeOffset now) =>
        box.Open.ContainsKey(recording.Id) || box.Has(recording.Id) ? Decision<MailboxEvent>.Nothing : new RecordingBegan(recording, now);

    /// <summary>Several may have spoken to a box that has room for one.</summary>
    static Decision<MailboxEvent> Keep(MailboxState box, Kept kept, VoicemailSettings settings, DateTimeOffset now)
    {
        if (!box.Open.TryGetValue(kept.Recording, out var recording)) return Decision<MailboxEvent>.Nothing;
        if (recording.IsGreeting) return new GreetingRecorded(new RecordedGreeting(recording.Id, kept.Length, kept.File, now), box.Greeting?.File, now);
        if (box.Messages.Count >= settings.MaxMessages) return new RecordingDropped(recording.Id, MailboxAnswer.Full, "the box is full", now);
        var message = new VoicemailMessage(recording.Id, recording.Caller, recording.CallerName, recording.At, kept.Length, kept.File);
        return new MessageLeft(message, Notify: settings.WebhookUrl is not null, now);
    }

    static Decision<MailboxEvent> Mark(MailboxState box, string id, bool heard, DateTimeOffset now) =>
        !box.Messages.TryGetValue(id, out var message) ? Decision<MailboxEvent>.Reject(Refusals.NoSuchMessage, id)
        : message.HeardAt is not null == heard ? Decision<MailboxEvent>.Nothing
        : new MessageHeard(id, heard, now);

    /// <summary>While it is locked for a source, the right PIN is as good as a wrong one: who guesses learns nothing.</summary>
    static Decision<MailboxEvent> CheckPin(PinLock pins, bool right, PinSource from, DateTimeOffset now) =>
        pins.UntilFor(from, now) is not null ? Decision<MailboxEvent>.Nothing
        : !right ? pins.Refuse(from, now)
        : pins.Knows(from) ? new PinAccepted(now) { From = from.Value }
        : Decision<MailboxEvent>.Nothing;
}
