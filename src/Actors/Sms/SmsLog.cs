using System.Text.Json;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Sms;

/// <summary>The read model of the tenants' SMS: each with its state, written with what happens to it.</summary>
public static class SmsLog
{
    public static readonly ReadModel Model = new("sms",
    [
        new("queued_at", ColumnKind.Time, Indexed: true),
        new("receiver", ColumnKind.Text),
        new("state", ColumnKind.Text),
    ]);

    public static StoreWrite Row(SmsState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var sms = state.Sms!;
        return new StoreWrite.Upsert(
            Model.Name,
            new TenantId(sms.Tenant),
            sms.Id,
            new Dictionary<string, object?> { ["queued_at"] = state.QueuedAt, ["receiver"] = sms.To, ["state"] = StateOf(state.Status) },
            JsonSerializer.Serialize(state, SmsJson.Default.SmsState));
    }

    public static SmsState Read(string json) => JsonSerializer.Deserialize(json, SmsJson.Default.SmsState)!;

    public static string StateOf(SmsStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
