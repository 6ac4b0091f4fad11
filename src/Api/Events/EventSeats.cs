using System.Collections.Concurrent;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Events;

/// <summary>How many follow a tenant's events on this node: each costs a connection and a read of the store for each news.</summary>
sealed class EventSeats
{
    public const int PerTenant = 100;

    readonly ConcurrentDictionary<TenantId, int> _taken = new();

    /// <summary>Null when all are taken.</summary>
    public IDisposable? TryTake(TenantId tenant)
    {
        if (_taken.AddOrUpdate(tenant, 1, static (_, count) => count + 1) <= PerTenant) return new Seat(this, tenant);
        Leave(tenant);
        return null;
    }

    void Leave(TenantId tenant)
    {
        _taken.AddOrUpdate(tenant, 0, static (_, count) => count - 1);
        _taken.TryRemove(KeyValuePair.Create(tenant, 0));
    }

    sealed class Seat(EventSeats seats, TenantId tenant) : IDisposable
    {
        bool _left;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _left, true)) seats.Leave(tenant);
        }
    }
}
