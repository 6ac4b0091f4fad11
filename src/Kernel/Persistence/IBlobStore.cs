namespace TeleCube.Kernel.Persistence;

/// <summary>
/// Files that are too big for the journal: announcements, voicemail, recordings. A file is written once, under a name of its own, and never changed,
/// so whoever has a name may read it at any time and keep what it has read.
/// </summary>
public interface IBlobStore
{
    /// <summary>
    /// Keeps the content under a new name; whole and durable when it returns. Throws <see cref="StoreUnavailableException"/> when the disk fails or is
    /// full.
    /// </summary>
    Task Put(BlobName name, Stream content, CancellationToken stop = default);

    /// <summary>For reading from any position, or null if there is no such file.</summary>
    Stream? Open(BlobName name);

    /// <summary>Where it lies on this machine, for a player; null if there is no such file.</summary>
    string? PathOf(BlobName name);

    /// <summary>What is not there is deleted already.</summary>
    void Delete(BlobName name);

    /// <summary>The files right below a folder; none if there is no such folder.</summary>
    IReadOnlyList<StoredBlob> List(BlobName folder);

    /// <summary>Deletes what writes right below a folder left behind when their process died, if nothing was added to it since then.</summary>
    void DropUnfinished(BlobName folder, DateTimeOffset before);
}

/// <summary>A file of a blob store.</summary>
public sealed record StoredBlob(BlobName Name, long Bytes, DateTimeOffset WrittenAt);
