using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Voicemail;

/// <summary>What has happened to a voicemail box. A public format: named and versioned in the journal, see <see cref="MailboxEvents"/>.</summary>
public abstract record MailboxEvent
{
    MailboxEvent() { }

    public sealed record RecordingBegan(OpenRecording Recording, DateTimeOffset At) : MailboxEvent;

    public sealed record RecordingDropped(string Recording, MailboxAnswer Why, string Reason, DateTimeOffset At) : MailboxEvent;

    /// <summary>A recording is a message now. <paramref name="Notify"/>: the webhook is to be told.</summary>
    public sealed record MessageLeft(VoicemailMessage Message, bool Notify, DateTimeOffset At) : MailboxEvent;

    public sealed record MessageHeard(string Message, bool Heard, DateTimeOffset At) : MailboxEvent;

    public sealed record MessageDeleted(string Message, BlobName File, DateTimeOffset At) : MailboxEvent;

    public sealed record WebhookHandedOver(string Message, DateTimeOffset At) : MailboxEvent;

    /// <summary>A recording is what callers hear now, in place of <paramref name="Replaces"/>.</summary>
    public sealed record GreetingRecorded(RecordedGreeting Greeting, BlobName? Replaces, DateTimeOffset At) : MailboxEvent;

    public sealed record GreetingDeleted(BlobName File, DateTimeOffset At) : MailboxEvent;

    /// <summary>After wrong ones.</summary>
    public sealed record PinAccepted(DateTimeOffset At) : MailboxEvent
    {
        /// <summary>A <see cref="PinSource"/>.</summary>
        public string? From { get; init; }
    }

    /// <summary>A wrong PIN; <paramref name="LockedUntil"/> is its source's lock, if it came to one.</summary>
    public sealed record PinRefused(DateTimeOffset? LockedUntil, DateTimeOffset At) : MailboxEvent
    {
        /// <summary>A <see cref="PinSource"/>.</summary>
        public string? From { get; init; }

        /// <summary>The lock of all but the own phone, if it came to one.</summary>
        public DateTimeOffset? AllLockedUntil { get; init; }

        public bool Locks => LockedUntil is not null || AllLockedUntil is not null;
    }

    /// <summary>An administrator lifted all locks and forgot what was counted.</summary>
    public sealed record PinUnlocked(DateTimeOffset At) : MailboxEvent;
}
