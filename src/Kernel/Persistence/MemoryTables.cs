using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>What a <see cref="MemoryJournal"/> keeps beside the events; guarded by its lock.</summary>
sealed class MemoryTables(IEnumerable<ReadModel> models)
{
    readonly Dictionary<(string Kind, string Key), TenantId> _directory = [];
    readonly HashSet<EntityId> _remembered = [];
    readonly Dictionary<string, MemoryTable> _tables = models.ToDictionary(model => model.Name, model => new MemoryTable(model));

    public MemoryFeeds Feeds { get; } = new();

    public IEnumerable<EntityId> Remembered => _remembered;

    public TenantId? HolderOf(string kind, string key) => _directory.TryGetValue((kind, key), out var tenant) ? tenant : null;

    /// <summary>The first key among these writes that another tenant holds, as <c>kind/key</c>; writes count in their order.</summary>
    public string? FirstTaken(IReadOnlyList<StoreWrite> writes)
    {
        Dictionary<(string, string), TenantId?> soFar = [];
        foreach (var write in writes)
        {
            switch (write)
            {
                case StoreWrite.Claim(var kind, var key, var tenant):
                    if ((soFar.TryGetValue((kind, key), out var changed) ? changed : HolderOf(kind, key)) is { } holder && holder != tenant)
                        return $"{kind}/{key}";
                    soFar[(kind, key)] = tenant;
                    break;
                case StoreWrite.Release(var kind, var key, var tenant) when HolderOf(kind, key) == tenant:
                    soFar[(kind, key)] = null;
                    break;
            }
        }
        return null;
    }

    public void Apply(IReadOnlyList<StoreWrite> writes)
    {
        foreach (var write in writes) Apply(write);
    }

    void Apply(StoreWrite write)
    {
        switch (write)
        {
            case StoreWrite.Claim(var kind, var key, var tenant): _directory[(kind, key)] = tenant; break;
            case StoreWrite.Release(var kind, var key, var tenant) when HolderOf(kind, key) == tenant: _directory.Remove((kind, key)); break;
            case StoreWrite.Remember(var entity): _remembered.Add(entity); break;
            case StoreWrite.Forget(var entity): _remembered.Remove(entity); break;
            case StoreWrite.Publish said: Feeds.Publish(said); break;
            case StoreWrite.Upsert upsert: Table(upsert.Model).Upsert(upsert); break;
            case StoreWrite.Delete(var model, var tenant, var id): Table(model).Delete(tenant, id); break;
        }
    }

    public ReadModelRow? Get(string model, TenantId tenant, string id) => Table(model).Get(tenant, id);

    public ReadModelPage Query(ReadModelQuery query) => Table(query.Model).Query(query);

    MemoryTable Table(string model) =>
        _tables.GetValueOrDefault(model) ?? throw new ArgumentException($"there is no read model {model}", nameof(model));
}
