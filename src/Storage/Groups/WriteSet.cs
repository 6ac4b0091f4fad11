using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.ReadModels;

namespace TeleCube.Storage.Groups;

/// <summary>The net effect of an append's writes: of several on one key or row the last counts, so that each row is touched once.</summary>
sealed class WriteSet
{
    public static readonly WriteSet Empty = new();

    public List<KeyClaim> Claims { get; } = [];
    public List<StoreWrite.Release> Releases { get; } = [];
    public List<EntityId> Remembers { get; } = [];
    public List<EntityId> Forgets { get; } = [];
    public List<RowUpsert> Upserts { get; } = [];
    public List<RowDelete> Deletes { get; } = [];

    /// <summary>In their order; the store numbers them.</summary>
    public List<StoreWrite.Publish> Published { get; } = [];

    public static WriteSet Of(IReadOnlyList<StoreWrite> writes, ReadModelCatalog catalog)
    {
        if (writes.Count == 0) return Empty;
        var set = new WriteSet();
        for (var i = 0; i < writes.Count; i++)
            if (!Overruled(writes, i)) set.Add(writes, i, catalog);
        return set;
    }

    void Add(IReadOnlyList<StoreWrite> writes, int at, ReadModelCatalog catalog)
    {
        switch (writes[at])
        {
            case StoreWrite.Claim claim: Claims.Add(new(claim.Kind, claim.Key, claim.Tenant.Value, ReleasedBefore(writes, at))); break;
            case StoreWrite.Release release: Releases.Add(release); break;
            case StoreWrite.Remember remember: Remembers.Add(remember.Entity); break;
            case StoreWrite.Forget forget: Forgets.Add(forget.Entity); break;
            case StoreWrite.Upsert row:
                var table = catalog.Table(row.Model);
                Upserts.Add(new(table, row.Tenant.Value, row.Id, table.Row(row.Columns), row.Json));
                break;
            case StoreWrite.Publish said: Published.Add(said); break;
            case StoreWrite.Delete row: Deletes.Add(new(catalog.Table(row.Model), row.Tenant.Value, row.Id)); break;
            default: throw new ArgumentException($"the store knows no {writes[at].GetType().Name}");
        }
    }

    /// <summary>The tenant that gives a key up earlier in the same append: a number moves from one tenant to another at once.</summary>
    static string? ReleasedBefore(IReadOnlyList<StoreWrite> writes, int at)
    {
        for (var i = at - 1; i >= 0; i--)
            if (writes[i] is StoreWrite.Release release && Target(release) == Target(writes[at])) return release.Tenant.Value;
        return null;
    }

    // Quadratic, and fine: an append carries a handful of writes.
    static bool Overruled(IReadOnlyList<StoreWrite> writes, int at)
    {
        if (writes[at] is StoreWrite.Publish) return false;
        for (var i = at + 1; i < writes.Count; i++)
            if (writes[i] is not StoreWrite.Publish && Target(writes[i]) == Target(writes[at])) return true;
        return false;
    }

    public static WriteTarget Target(StoreWrite write) => write switch
    {
        StoreWrite.Claim claim => new('k', claim.Kind, "", claim.Key),
        StoreWrite.Release release => new('k', release.Kind, "", release.Key),
        StoreWrite.Remember remember => Target(remember.Entity),
        StoreWrite.Forget forget => Target(forget.Entity),
        StoreWrite.Upsert row => new('r', row.Model, row.Tenant.Value, row.Id),
        StoreWrite.Delete row => new('r', row.Model, row.Tenant.Value, row.Id),
        _ => throw new ArgumentException($"the store knows no {write.GetType().Name}"),
    };

    /// <summary>All that this set touches, so that one statement never meets a row twice.</summary>
    public void AddTargets(List<WriteTarget> targets)
    {
        foreach (var claim in Claims) targets.Add(new('k', claim.Kind, "", claim.Key));
        foreach (var release in Releases) targets.Add(new('k', release.Kind, "", release.Key));
        foreach (var entity in Remembers) targets.Add(Target(entity));
        foreach (var entity in Forgets) targets.Add(Target(entity));
        foreach (var row in Upserts) targets.Add(new('r', row.Table.Model.Name, row.Tenant, row.Id));
        foreach (var row in Deletes) targets.Add(new('r', row.Table.Model.Name, row.Tenant, row.Id));
    }

    static WriteTarget Target(EntityId entity) => new('e', entity.Kind, entity.Tenant.Value, entity.Id);
}

/// <summary>A key to be held by a tenant; it may be free, held by the tenant already, or by <paramref name="From"/>, who gives it up in
/// the same append.</summary>
sealed record KeyClaim(string Kind, string Key, string Tenant, string? From);

sealed record RowUpsert(ReadModelTable Table, string Tenant, string Id, object?[] Values, string Json);

sealed record RowDelete(ReadModelTable Table, string Tenant, string Id);

/// <summary>One row that a write touches.</summary>
readonly record struct WriteTarget(char Space, string Name, string Tenant, string Key);
