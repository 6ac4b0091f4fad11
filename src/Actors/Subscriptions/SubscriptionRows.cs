using System.Text.Json;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Subscriptions;

/// <summary>
/// Where subscriptions are kept: beside the journal, as registrations are (docs/decisions/006), each a row that is written over and ends with it.
/// </summary>
public static class SubscriptionRows
{
    const int AtOnce = 500;

    public static readonly ReadModel Model = new("subscription",
    [
        new("expires_at", ColumnKind.Time, Indexed: true, AcrossTenants: true),
        new("watcher", ColumnKind.Text, Indexed: true),
    ]);

    public static StoreWrite Row(TenantId tenant, Subscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return new StoreWrite.Upsert(
            Model.Name, tenant, subscription.Id,
            new Dictionary<string, object?> { ["expires_at"] = subscription.ExpiresAt, ["watcher"] = subscription.Watcher },
            JsonSerializer.Serialize(subscription, SubscriptionJson.Default.Subscription));
    }

    public static StoreWrite Gone(TenantId tenant, string id) => new StoreWrite.Delete(Model.Name, tenant, id);

    /// <summary>Those of one extension; one that can't be read is left out.</summary>
    public static async Task<IReadOnlyList<Subscription>> Of(IReadModels models, TenantId tenant, string watcher)
    {
        ArgumentNullException.ThrowIfNull(models);
        var found = new List<Subscription>();
        var own = new ReadModelFilter("watcher", FilterOperator.Equal, watcher);
        var query = new ReadModelQuery(Model.Name, tenant, [own], "expires_at", Ascending: true, AtOnce, null);
        do
        {
            var page = await models.Query(query).ConfigureAwait(false);
            found.AddRange(page.Rows.Select(Read).OfType<Subscription>());
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return found;
    }

    /// <summary>After a restart: who had any. What expired meanwhile is forgotten.</summary>
    public static async Task<IReadOnlyCollection<(TenantId Tenant, string Watcher)>> Watchers(IReadModels models, DateTimeOffset now, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(models);
        var watchers = new HashSet<(TenantId, string)>();
        var query = new ReadModelQuery(Model.Name, null, [], "expires_at", Ascending: true, AtOnce, null);
        do
        {
            var page = await models.Query(query, stop).ConfigureAwait(false);
            var rows = page.Rows.Select(row => (row.Tenant, row.Id, Subscription: Read(row))).ToList();
            var over = rows.Where(row => row.Subscription is null || row.Subscription.ExpiresAt <= now).ToList();
            if (over.Count > 0) await models.Write([.. over.Select(row => Gone(row.Tenant, row.Id))], stop).ConfigureAwait(false);
            foreach (var (tenant, _, subscription) in rows.Except(over)) watchers.Add((tenant, subscription!.Watcher));
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return watchers;
    }

    static Subscription? Read(ReadModelRow row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Json, SubscriptionJson.Default.Subscription);
        }
        catch (JsonException)
        {
            return null; // of a later version; the phone subscribes again
        }
    }
}
