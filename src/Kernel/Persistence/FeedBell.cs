using System.Collections.Concurrent;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>Wakes who waits for a tenant's next event. Costs one look-up where nobody waits.</summary>
public sealed class FeedBell
{
    readonly ConcurrentDictionary<TenantId, TaskCompletionSource<bool>> _waiting = new();
    volatile bool _closed;

    public Task<bool> Next(TenantId tenant)
    {
        var next = _waiting.GetOrAdd(tenant, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        if (_closed) Close();
        return next;
    }

    public void Ring(TenantId tenant)
    {
        if (!_waiting.IsEmpty && _waiting.TryRemove(tenant, out var waiting)) waiting.TrySetResult(true);
    }

    /// <summary>Nothing comes any more.</summary>
    public void Close()
    {
        _closed = true;
        foreach (var tenant in _waiting.Keys)
            if (_waiting.TryRemove(tenant, out var waiting)) waiting.TrySetResult(false);
    }
}
