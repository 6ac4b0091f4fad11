using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Identity;

/// <summary>
/// Sessions that were signed out before their time. Kept durably; read into memory at the start, so that a session is good while the store is away.
/// </summary>
public sealed class RevokedSessions(IReadModels models, ApiSettings settings, TimeProvider clock) : IHostedService, IDisposable
{
    const int PageSize = 1000;
    const string ExpiresAt = "expires_at";

    public static readonly ReadModel Model = new("revoked_session", [new(ExpiresAt, ColumnKind.Time, AcrossTenants: true)]);

    readonly ConcurrentDictionary<string, DateTimeOffset> _ids = new();
    readonly SemaphoreSlim _loading = new(1);
    volatile bool _loaded;

    public async ValueTask<bool> Has(SessionTicket ticket, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        if (!_loaded) await Load(stop);
        return _ids.ContainsKey(ticket.Id);
    }

    public async Task Add(SessionTicket ticket, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var until = clock.GetUtcNow() + settings.SessionLifetime; // no ticket of this session, renewed or not, lives longer
        var writes = new List<StoreWrite>
        {
            new StoreWrite.Upsert(Model.Name, ticket.Tenant, ticket.Id, new Dictionary<string, object?> { [ExpiresAt] = until }, "{}"),
        };
        writes.AddRange((await Over(stop)).Select(row => new StoreWrite.Delete(Model.Name, row.Tenant, row.Id)));
        await models.Write(writes, stop);
        _ids[ticket.Id] = until;
        foreach (var old in _ids.Where(entry => entry.Value <= clock.GetUtcNow()).ToList()) _ids.TryRemove(old);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Load(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The first who shows a session asks again.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _loading.Dispose();

    async Task<IReadOnlyList<ReadModelRow>> Over(CancellationToken stop) =>
        (await models.Query(new ReadModelQuery(
            Model.Name, null, [new(ExpiresAt, FilterOperator.Below, clock.GetUtcNow())], ExpiresAt, true, PageSize, null), stop)).Rows;

    async Task Load(CancellationToken stop)
    {
        await _loading.WaitAsync(stop);
        try
        {
            for (string? after = null; !_loaded;)
            {
                var page = await models.Query(new ReadModelQuery(
                    Model.Name, null, [new(ExpiresAt, FilterOperator.AtLeast, clock.GetUtcNow())], ExpiresAt, true, PageSize, after), stop);
                foreach (var row in page.Rows) _ids.TryAdd(row.Id, DateTimeOffset.MaxValue);
                _loaded = (after = page.Next) is null;
            }
        }
        finally
        {
            _loading.Release();
        }
    }
}
