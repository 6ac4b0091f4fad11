namespace TeleCube.Kernel.Persistence;

/// <summary>The append-only store of events. Appends of many actors are committed in groups; each outcome is its own.</summary>
public interface IJournal
{
    /// <summary>
    /// Completes when the events and their writes are durable together, or with the reason why none of them is. Never throws for a refused append.
    /// </summary>
    /// <remarks>What is continued with runs on the journal's own thread: it must not block.</remarks>
    Task<AppendOutcome> Append(Append append);

    /// <summary>The events of one actor from a sequence number (inclusive) on, in order.</summary>
    IAsyncEnumerable<StoredEvent> Read(string persistenceId, long fromSequenceNr, CancellationToken stop = default);

    Task<StoredSnapshot?> LoadSnapshot(string persistenceId, CancellationToken stop = default);

    Task SaveSnapshot(string persistenceId, StoredSnapshot snapshot, CancellationToken stop = default);
}

/// <summary>Events of one actor to be committed at once, with what must change in the same transaction. Sequence numbers are consecutive.</summary>
public sealed record Append(string PersistenceId, int Shard, long Epoch, IReadOnlyList<NewEvent> Events, IReadOnlyList<StoreWrite> Writes);

/// <summary>One event on its way to the journal; <paramref name="Payload"/> is UTF-8 JSON.</summary>
public sealed record NewEvent(Guid EventId, long SequenceNr, string Type, int Version, ReadOnlyMemory<byte> Payload, DateTimeOffset At);

/// <summary>One event as the journal holds it.</summary>
public sealed record StoredEvent(Guid EventId, long SequenceNr, string Type, int Version, ReadOnlyMemory<byte> Payload, DateTimeOffset At);

/// <summary>The state after the event <paramref name="SequenceNr"/>, as UTF-8 JSON of a named, versioned type.</summary>
public sealed record StoredSnapshot(long SequenceNr, string Type, int Version, ReadOnlyMemory<byte> Payload);

/// <summary>What became of one append; <paramref name="Detail"/> names the taken key or the fault of the store.</summary>
public readonly record struct AppendOutcome(AppendStatus Status, string? Detail = null)
{
    public static readonly AppendOutcome Committed = new(AppendStatus.Committed);
}

public enum AppendStatus
{
    Committed,

    /// <summary>The shard has another owner or epoch: this node must not act for the entity any more.</summary>
    Fenced,

    /// <summary>The sequence number exists already: a second writer, a defect.</summary>
    SequenceConflict,

    /// <summary>A directory key of the append belongs to another tenant; nothing was written.</summary>
    Taken,

    /// <summary>The store is away or full; nothing was written (an ambiguous commit has been read back).</summary>
    Unavailable,

    /// <summary>The store went away while it committed, and until it is back nobody knows whether this was written. Only the same events with the same
    /// ids may follow: they are taken once.</summary>
    Unknown,

    /// <summary>The store is there and finds fault with the append itself; nothing was written, and no repeat of it ever will be.</summary>
    Faulty,
}
