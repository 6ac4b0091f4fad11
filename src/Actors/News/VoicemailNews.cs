using System.Text.Json;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.News;

/// <summary>What a tenant's outsiders are told of a voicemail box; webhooks carry the same.</summary>
public sealed record VoicemailNews(string Extension, int New, int Old)
{
    const string Received = "voicemail.received", Locked = "voicemail.locked";

    public string? Message { get; init; }

    public string? Caller { get; init; }

    public string? CallerName { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public double? LengthSeconds { get; init; }

    /// <summary>Whether it was marked as heard, or as new again.</summary>
    public bool? Heard { get; init; }

    /// <summary>Until when no PIN is taken.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>
    /// From whom no PIN is taken: <c>own</c> for the extension's own phone, another extension, a number outside, <c>unknown</c>; <c>strangers</c> for all but
    /// the own phone.
    /// </summary>
    public string? LockedFor { get; init; }

    public static StoreWrite.Publish? Of(TenantId tenant, ExtensionNumber box, MailboxEvent happened, MailboxState before, MailboxState after) =>
        happened switch
        {
            MailboxEvent.MessageLeft e => Tell(tenant, Received, e.At, Left(box, e.Message, after.Counts)),
            MailboxEvent.MessageHeard e => Tell(tenant, "voicemail.heard", e.At, At(box, after) with { Message = e.Message, Heard = e.Heard }),
            MailboxEvent.MessageDeleted e => Tell(tenant, "voicemail.deleted", e.At, At(box, after) with { Message = e.Message }),
            MailboxEvent.PinRefused { AllLockedUntil: { } all } e => Tell(tenant, Locked, e.At, At(box, after) with { LockedUntil = all, LockedFor = "strangers" }),
            MailboxEvent.PinRefused { LockedUntil: { } until } e => Tell(tenant, Locked, e.At, At(box, after) with { LockedUntil = until, LockedFor = e.From }),
            MailboxEvent.PinUnlocked e => Tell(tenant, "voicemail.unlocked", e.At, At(box, after)),
            _ => null,
        };

    /// <summary>The id is the message's own: told again, it is the same webhook.</summary>
    public static OutgoingWebhook Webhook(TenantId tenant, ExtensionNumber box, VoicemailMessage message, MailboxCounts counts, string url) =>
        new(message.Id, tenant.Value, Received, JsonSerializer.Serialize(Left(box, message, counts), NewsJson.Default.VoicemailNews))
        {
            Source = WebhookSource.OfVoicemail(box),
            Host = WebhookAddress.HostOf(url),
        };

    static VoicemailNews Left(ExtensionNumber box, VoicemailMessage message, MailboxCounts counts) => new(box.Value, counts.New, counts.Old)
    {
        Message = message.Id,
        Caller = message.Caller,
        CallerName = message.CallerName,
        ReceivedAt = message.ReceivedAt,
        LengthSeconds = Math.Round(message.Length.TotalSeconds, 1),
    };

    static VoicemailNews At(ExtensionNumber box, MailboxState after) => new(box.Value, after.Counts.New, after.Counts.Old);

    static StoreWrite.Publish Tell(TenantId tenant, string type, DateTimeOffset at, VoicemailNews news) =>
        new(tenant, type, at, JsonSerializer.Serialize(news, NewsJson.Default.VoicemailNews));
}
