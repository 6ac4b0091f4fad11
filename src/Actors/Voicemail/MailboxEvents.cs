using System.Text.Json.Serialization;
using TeleCube.Actors.Text;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Voicemail;

/// <summary>The names under which the events of voicemail boxes stand in the journal; never renamed.</summary>
public static class MailboxEvents
{
    public static EventRegistry AddMailboxEvents(this EventRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add("mailbox.state", 1, MailboxJson.Default.MailboxState)
            .Add("mailbox.recording-began", 1, MailboxJson.Default.RecordingBegan)
            .Add("mailbox.recording-dropped", 1, MailboxJson.Default.RecordingDropped)
            .Add("mailbox.message-left", 1, MailboxJson.Default.MessageLeft)
            .Add("mailbox.message-heard", 1, MailboxJson.Default.MessageHeard)
            .Add("mailbox.message-deleted", 1, MailboxJson.Default.MessageDeleted)
            .Add("mailbox.webhook-handed-over", 1, MailboxJson.Default.WebhookHandedOver)
            .Add("mailbox.greeting-recorded", 1, MailboxJson.Default.GreetingRecorded)
            .Add("mailbox.greeting-deleted", 1, MailboxJson.Default.GreetingDeleted)
            .Add("mailbox.pin-accepted", 1, MailboxJson.Default.PinAccepted)
            .Add("mailbox.pin-refused", 1, MailboxJson.Default.PinRefused)
            .Add("mailbox.pin-unlocked", 1, MailboxJson.Default.PinUnlocked);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(BlobNameJsonConverter)])]
[JsonSerializable(typeof(MailboxState))]
[JsonSerializable(typeof(VoicemailRow))]
[JsonSerializable(typeof(MailboxEvent.RecordingBegan))]
[JsonSerializable(typeof(MailboxEvent.RecordingDropped))]
[JsonSerializable(typeof(MailboxEvent.MessageLeft))]
[JsonSerializable(typeof(MailboxEvent.MessageHeard))]
[JsonSerializable(typeof(MailboxEvent.MessageDeleted))]
[JsonSerializable(typeof(MailboxEvent.WebhookHandedOver))]
[JsonSerializable(typeof(MailboxEvent.GreetingRecorded))]
[JsonSerializable(typeof(MailboxEvent.GreetingDeleted))]
[JsonSerializable(typeof(MailboxEvent.PinAccepted))]
[JsonSerializable(typeof(MailboxEvent.PinRefused))]
[JsonSerializable(typeof(MailboxEvent.PinUnlocked))]
sealed partial class MailboxJson : JsonSerializerContext;
