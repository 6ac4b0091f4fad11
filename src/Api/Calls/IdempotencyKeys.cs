using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Calls;

/// <summary>Which request an Idempotency-Key stood for and what it made; kept for a day, durably.</summary>
public sealed class IdempotencyKeys(IReadModels models, TimeProvider clock)
{
    public const int MaxLength = 200;
    const string KeptUntil = "kept_until";
    const int PurgeAtOnce = 100;

    public static readonly ReadModel Model = new("idempotency_key", [new(KeptUntil, ColumnKind.Time, Indexed: true)]);

    static readonly TimeSpan _kept = TimeSpan.FromHours(24);

    readonly ConcurrentDictionary<(TenantId, string), bool> _running = new();

    /// <summary>Null while another request with this key is running.</summary>
    public IDisposable? TryHold(TenantId tenant, string key) => _running.TryAdd((tenant, key), true) ? new Hold(this, (tenant, key)) : null;

    public async Task<KeptRequest?> Find(TenantId tenant, string key, CancellationToken stop)
    {
        if (await models.Get(Model.Name, tenant, IdOf(key), stop) is not { } row) return null;
        return JsonSerializer.Deserialize<KeptRequest>(row.Json) is { } kept && kept.Until > clock.GetUtcNow() ? kept : null;
    }

    public async Task Keep(TenantId tenant, string key, KeptRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = clock.GetUtcNow();
        var kept = request with { Until = now + _kept };
        var over = await models.Query(
            new ReadModelQuery(Model.Name, null, [new(KeptUntil, FilterOperator.Below, now)], KeptUntil, true, PurgeAtOnce, null), stop);
        await models.Write(
        [
            .. over.Rows.Select(row => new StoreWrite.Delete(Model.Name, row.Tenant, row.Id)),
            new StoreWrite.Upsert(
                Model.Name, tenant, IdOf(key), new Dictionary<string, object?> { [KeptUntil] = kept.Until }, JsonSerializer.Serialize(kept)),
        ], stop);
    }

    public Task Forget(TenantId tenant, string key, CancellationToken stop) =>
        models.Write([new StoreWrite.Delete(Model.Name, tenant, IdOf(key))], stop);

    /// <summary>Clients choose keys; the table gets ids of one length and alphabet.</summary>
    static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    sealed class Hold(IdempotencyKeys keys, (TenantId, string) key) : IDisposable
    {
        public void Dispose() => keys._running.TryRemove(key, out _);
    }
}

/// <summary>The request that a key stood for, and the resource that it made.</summary>
public sealed record KeptRequest(string Request, string Resource, DateTimeOffset Until = default);
