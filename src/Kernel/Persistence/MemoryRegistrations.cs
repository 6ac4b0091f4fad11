using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>Registrations that last as long as the process; the companion of <see cref="MemoryJournal"/>.</summary>
public sealed class MemoryRegistrations(TimeProvider clock, MemoryJournal? journal = null) : IRegistrationStore
{
    readonly Lock _gate = new();
    readonly Dictionary<RegistrationKey, RegistrationRow> _rows = [];

    public Task Change(
        IReadOnlyList<RegistrationRow> upserts, IReadOnlyList<RegistrationKey> removals, IReadOnlyList<StoreWrite.Publish> told,
        CancellationToken stop = default)
    {
        lock (_gate)
        {
            foreach (var row in upserts) _rows[row.Key] = row.Storable();
            foreach (var key in removals) _rows.Remove(key);
        }
        return journal?.Write(told, stop) ?? Task.CompletedTask;
    }

    public Task<IReadOnlyList<RegistrationRow>> Load(TenantId tenant, string extension, CancellationToken stop = default) =>
        Living(row => row.Tenant == tenant && row.Extension == extension);

    public Task<IReadOnlyList<RegistrationRow>> LoadAll(TenantId tenant, CancellationToken stop = default) =>
        Living(row => row.Tenant == tenant);

    public Task<IReadOnlyList<RegistrationRow>> LoadExpired(DateTimeOffset now, CancellationToken stop = default)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<RegistrationRow>>([.. _rows.Values.Where(row => row.ExpiresAt <= now)]);
    }

    public Task<IReadOnlyList<RegistrationRow>> Expire(DateTimeOffset now, CancellationToken stop = default)
    {
        lock (_gate)
        {
            RegistrationRow[] expired = [.. _rows.Values.Where(row => row.ExpiresAt <= now)];
            foreach (var row in expired) _rows.Remove(row.Key);
            return Task.FromResult<IReadOnlyList<RegistrationRow>>(expired);
        }
    }

    Task<IReadOnlyList<RegistrationRow>> Living(Func<RegistrationRow, bool> wanted)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
            return Task.FromResult<IReadOnlyList<RegistrationRow>>(
                [.. _rows.Values.Where(row => row.ExpiresAt > now && wanted(row)).OrderBy(row => row.RegisteredAt)]);
    }
}
