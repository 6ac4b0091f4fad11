using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Api.Identity;

namespace TeleCube.Api.Voicemail;

/// <summary>
/// A voicemail box: its settings, how many messages lie in it, when its owner recorded the greeting that goes before that of the settings, and until when no
/// PIN is taken after too many wrong ones: from all but the extension's own phones (<c>lockedUntil</c>), and from those.
/// </summary>
public sealed record VoicemailView(
    bool Enabled, bool HasPin, string? Greeting, int MaxSeconds, int MaxMessages, int RetentionDays, string? WebhookUrl, bool HasWebhookSecret,
    int NewMessages, int OldMessages, DateTimeOffset? GreetingRecordedAt, DateTimeOffset? LockedUntil, DateTimeOffset? OwnPhoneLockedUntil)
{
    internal static VoicemailView Of(VoicemailSettings settings, MailboxState box, Caller caller, DateTimeOffset now) => new(
        settings.On,
        settings.Pin is not null,
        settings.Greeting?.Value,
        (int)settings.MaxLength.TotalSeconds,
        settings.MaxMessages,
        (int)settings.Retention.TotalDays,
        settings.WebhookUrl is { } url && caller.Role is not UserRole.Administrator ? WebhookAddress.Masked(url) : settings.WebhookUrl,
        settings.WebhookSecret is not null,
        box.Counts.New,
        box.Counts.Old,
        box.Greeting?.At,
        box.Pins.UntilForStrangers(now),
        box.Pins.UntilFor(PinSource.Own, now));
}

/// <summary>A message that a caller has left in the box of an extension; <c>caller</c> is null where it was withheld.</summary>
public sealed record MessageView(
    string Id, string Extension, string? Caller, string? CallerName, DateTimeOffset ReceivedAt, double LengthSeconds, bool Heard, DateTimeOffset? HeardAt)
{
    internal static MessageView Of(VoicemailRow row) => Of(row.Extension, row.Message);

    internal static MessageView Of(string extension, VoicemailMessage message) => new(
        message.Id, extension, message.Caller, message.CallerName, message.ReceivedAt, Math.Round(message.Length.TotalSeconds, 1), message.HeardAt is not null,
        message.HeardAt);
}
