using System.Text.Json;
using System.Text.Json.Serialization;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Audit;

/// <summary>The read model of all that people did. Its rows are written with the change that they tell of, or before it.</summary>
public static class AuditLog
{
    public static readonly ReadModel Model = new("audit",
    [
        new("at", ColumnKind.Time, Indexed: true, AcrossTenants: true),
        new("actor", ColumnKind.Text, Indexed: true),
        new("action", ColumnKind.Text, Indexed: true),
    ]);

    public static StoreWrite Row(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new StoreWrite.Upsert(
            Model.Name,
            entry.Tenant is { } tenant ? new TenantId(tenant) : TenantId.Platform,
            entry.Id,
            new Dictionary<string, object?> { ["at"] = entry.At, ["actor"] = entry.Actor.Name, ["action"] = entry.Action },
            JsonSerializer.Serialize(entry, AuditJson.Default.AuditEntry));
    }

    public static AuditEntry Read(string json) => JsonSerializer.Deserialize(json, AuditJson.Default.AuditEntry)!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
sealed partial class AuditJson : JsonSerializerContext;
