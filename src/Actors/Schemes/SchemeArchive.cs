using System.Globalization;
using System.Text.Json;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Text;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Schemes;

/// <summary>The read model of the versions by which no call goes any more: every version that was saved can be read and restored.</summary>
public static class SchemeArchive
{
    public static readonly ReadModel Model = new("scheme-versions", [new("scheme", ColumnKind.Text, Indexed: true), new("number", ColumnKind.Integer)]);

    /// <summary>The rows of what an event has moved to the archive, or has deleted with its scheme.</summary>
    public static IEnumerable<StoreWrite> Writes(TenantState before, TenantEvent happened, TenantState after) => happened switch
    {
        TenantEvent.SchemeVersionSaved(var id, _) when before.Schemes.TryGetValue(id, out var old) =>
            [.. Archived(after.Id, old, after.Schemes[id]), .. Dropped(after.Id, old, after.Schemes[id])],
        TenantEvent.SchemeDeleted(var id, _) when before.Schemes.TryGetValue(id, out var old) => old.Archived.Keys.Select(number => Delete(after.Id, id, number)),
        _ => [],
    };

    public static async Task<SchemeVersion?> Find(IReadModels models, TenantId tenant, SchemeId scheme, int number, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(models);
        var row = await models.Get(Model.Name, tenant, RowId(scheme, number), stop).ConfigureAwait(false);
        return row is null ? null : JsonSerializer.Deserialize(row.Json, DomainJson.Default.SchemeVersion);
    }

    static IEnumerable<StoreWrite> Archived(TenantId tenant, Scheme old, Scheme now) =>
        old.Versions.Values.Where(version => !now.Versions.ContainsKey(version.Number)).Select(version => new StoreWrite.Upsert(
            Model.Name,
            tenant,
            RowId(old.Id, version.Number),
            new Dictionary<string, object?> { ["scheme"] = old.Id.Value, ["number"] = (long)version.Number },
            JsonSerializer.Serialize(version, DomainJson.Default.SchemeVersion)));

    static IEnumerable<StoreWrite> Dropped(TenantId tenant, Scheme old, Scheme now) =>
        old.Archived.Keys.Where(number => !now.Archived.ContainsKey(number)).Select(number => Delete(tenant, old.Id, number));

    static StoreWrite.Delete Delete(TenantId tenant, SchemeId scheme, int number) => new(Model.Name, tenant, RowId(scheme, number));

    static string RowId(SchemeId scheme, int number) => string.Create(CultureInfo.InvariantCulture, $"{scheme}/{number}");
}
