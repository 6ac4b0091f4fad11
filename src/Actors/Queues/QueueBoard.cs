using System.Collections.Concurrent;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Queues;

/// <summary>Keeps the last committed state of each company's queues for readers. Each has one writer, its call distributor.</summary>
public sealed class QueueBoard : IQueues
{
    readonly ConcurrentDictionary<TenantId, DistributorState> _queues = new();

    public DistributorState? Find(TenantId tenant) => _queues.GetValueOrDefault(tenant);

    /// <summary>Called by the distributor, after the journal has the state.</summary>
    public void Publish(TenantId tenant, DistributorState state) => _queues[tenant] = state;

    /// <summary>Called when the company's shard leaves this node.</summary>
    public void Withdraw(TenantId tenant) => _queues.TryRemove(tenant, out _);
}
