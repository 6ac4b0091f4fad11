using System.Collections.Concurrent;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Tests.Support;

/// <summary>Blobs in memory; their paths lead to no file.</summary>
public sealed class MemoryBlobs(TimeProvider? clock = null) : IBlobStore
{
    readonly ConcurrentDictionary<BlobName, (byte[] Content, long Bytes, DateTimeOffset At)> _blobs = new();

    public IReadOnlyCollection<BlobName> Names => (IReadOnlyCollection<BlobName>)_blobs.Keys;

    /// <summary>Adds one, said to be so large, and says where it would lie.</summary>
    public string Holds(string name, long bytes = 0)
    {
        _blobs[BlobName.Of(name.Split('/'))] = ([], bytes, Now);
        return PathOf(BlobName.Of(name.Split('/')))!;
    }

    public async Task Put(BlobName name, Stream content, CancellationToken stop = default)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, stop);
        _blobs[name] = (copy.ToArray(), copy.Length, Now);
    }

    public Stream? Open(BlobName name) => _blobs.TryGetValue(name, out var blob) ? new MemoryStream(blob.Content, writable: false) : null;

    public string? PathOf(BlobName name) => _blobs.ContainsKey(name) ? "/blobs/" + name : null;

    public void Delete(BlobName name) => _blobs.TryRemove(name, out _);

    public IReadOnlyList<StoredBlob> List(BlobName folder) =>
    [
        .. _blobs.Where(blob => Path.GetDirectoryName(blob.Key.Value) == folder.Value)
            .Select(blob => new StoredBlob(blob.Key, blob.Value.Bytes, blob.Value.At)),
    ];

    public void DropUnfinished(BlobName folder, DateTimeOffset before)
    {
        // a write to memory does not break off
    }

    DateTimeOffset Now => (clock ?? TimeProvider.System).GetUtcNow();
}
