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

    public sealed record PinAccepted(DateTimeOffset At) : MailboxEvent;

    public sealed record PinRefused(DateTimeOffset? LockedUntil, DateTimeOffset At) : MailboxEvent;
}
