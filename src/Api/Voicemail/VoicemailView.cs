using TeleCube.Actors.Voicemail;

namespace TeleCube.Api.Voicemail;

/// <summary>A voicemail box: its settings, how many messages lie in it, and until when no PIN is taken after too many wrong ones.</summary>
public sealed record VoicemailView(
    bool Enabled, bool HasPin, string? Greeting, int MaxSeconds, int MaxMessages, int RetentionDays, string? WebhookUrl, bool HasWebhookSecret,
    int NewMessages, int OldMessages, DateTimeOffset? LockedUntil)
{
    internal static VoicemailView Of(VoicemailSettings settings, MailboxState box) => new(
        settings.On,
        settings.Pin is not null,
        settings.Greeting?.Value,
        (int)settings.MaxLength.TotalSeconds,
        settings.MaxMessages,
        (int)settings.Retention.TotalDays,
        settings.WebhookUrl,
        settings.WebhookSecret is not null,
        box.Counts.New,
        box.Counts.Old,
        box.LockedUntil);
}

/// <summary>A message that a caller has left; <c>caller</c> is null where it was withheld.</summary>
public sealed record MessageView(string Id, string? Caller, string? CallerName, DateTimeOffset ReceivedAt, double LengthSeconds, bool Heard, DateTimeOffset? HeardAt)
{
    internal static MessageView Of(VoicemailMessage message) => new(
        message.Id, message.Caller, message.CallerName, message.ReceivedAt, Math.Round(message.Length.TotalSeconds, 1), message.HeardAt is not null, message.HeardAt);
}
