using System.Collections.Concurrent;

namespace TeleCube.Actors.Trunks;

/// <summary>Keeps the trunks' states for readers; each has one writer, its trunk's actor.</summary>
public sealed class TrunkRegistry : ITrunks
{
    readonly ConcurrentDictionary<TrunkId, TrunkStatus> _states = new();

    public IReadOnlyCollection<TrunkStatus> All => (IReadOnlyCollection<TrunkStatus>)_states.Values;

    public TrunkStatus? Find(TrunkId id) => _states.GetValueOrDefault(id);

    public void Publish(TrunkStatus status) => _states[status.Id] = status;

    public void Withdraw(TrunkId id) => _states.TryRemove(id, out _);
}
