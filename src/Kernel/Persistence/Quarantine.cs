using System.Collections.Concurrent;

namespace TeleCube.Kernel.Persistence;

/// <summary>
/// The persistent actors that cannot be recovered, each with its reason. Their messages are answered with <c>quarantined</c>; nobody else notices.
/// </summary>
public sealed class Quarantine
{
    readonly ConcurrentDictionary<string, QuarantinedActor> _entries = new();

    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<QuarantinedActor> List => [.. _entries.Values.OrderBy(entry => entry.Since)];

    public int Count => _entries.Count;

    public QuarantinedActor? Find(string persistenceId) => _entries.GetValueOrDefault(persistenceId);

    /// <summary>After the cause is gone (a repaired event, a fixed program): the next message recovers the actor anew.</summary>
    public bool Release(string persistenceId) => _entries.TryRemove(persistenceId, out _);

    internal bool Add(QuarantinedActor entry) => _entries.TryAdd(entry.PersistenceId, entry);
}
