using System.Text.Json;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>The read model of a company's messages, of all boxes together; each is written with what happens to it.</summary>
public static class VoicemailRows
{
    public static readonly ReadModel Model = new("voicemail",
    [
        new("received_at", ColumnKind.Time, Indexed: true),
        new("extension", ColumnKind.Text),
        new("caller", ColumnKind.Text),
        new("heard", ColumnKind.Boolean),
    ]);

    public static StoreWrite? Of(TenantId tenant, ExtensionNumber box, MailboxEvent happened, MailboxState after) => happened switch
    {
        MailboxEvent.MessageLeft e => Row(tenant, box, e.Message),
        MailboxEvent.MessageHeard e => Row(tenant, box, after.Messages[e.Message]),
        MailboxEvent.MessageDeleted e => new StoreWrite.Delete(Model.Name, tenant, e.Message),
        _ => null,
    };

    public static VoicemailRow Read(string json) => JsonSerializer.Deserialize(json, MailboxJson.Default.VoicemailRow)!;

    static StoreWrite.Upsert Row(TenantId tenant, ExtensionNumber box, VoicemailMessage message) => new(
        Model.Name,
        tenant,
        message.Id,
        new Dictionary<string, object?>
        {
            ["received_at"] = message.ReceivedAt,
            ["extension"] = box.Value,
            ["caller"] = message.Caller,
            ["heard"] = message.HeardAt is not null,
        },
        JsonSerializer.Serialize(new VoicemailRow(box.Value, message), MailboxJson.Default.VoicemailRow));
}

/// <summary>A message and in whose box it lies.</summary>
public sealed record VoicemailRow(string Extension, VoicemailMessage Message);
