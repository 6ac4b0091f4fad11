using TeleCube.Kernel.Persistence;

namespace TeleCube.Kernel.Actors;

/// <summary>The codes by which the kernel itself refuses; the same strings reach the API.</summary>
public static class KernelRejections
{
    /// <summary>The mailbox is full.</summary>
    public static readonly Rejection Overloaded = new("overloaded");

    /// <summary>The actor has ended.</summary>
    public static readonly Rejection Stopped = new("stopped");

    /// <summary>This node does not own the entity's shard (any more).</summary>
    public static readonly Rejection NotMine = new("not-mine");

    /// <summary>The actor threw while it handled the message.</summary>
    public static Rejection Failed(Exception failure) => new("actor-failed", failure.Message);

    /// <summary>The journal cannot be read or written; nothing has changed.</summary>
    public static Rejection StorageUnavailable(string? detail) => new("storage-unavailable", detail);

    /// <summary>The journal finds fault with what the command would have written; nothing has changed, and no repeat will help.</summary>
    public static Rejection NotStorable(string? detail) => new("not-storable", detail);

    /// <summary>A unique key of the command belongs to another tenant.</summary>
    public static Rejection Taken(string? detail) => new("taken", detail);

    /// <summary>The entity cannot be recovered; its reason is in the quarantine's list.</summary>
    public static Rejection Quarantined(string reason) => new("quarantined", reason);

    /// <summary>Somebody else wrote to the actor's journal; nothing has changed, and it recovers from the journal.</summary>
    public static readonly Rejection Conflict = new("journal-conflict");
}
