using System.Collections.Concurrent;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Tests.Support;

/// <summary>Blobs in memory; their paths lead to no file.</summary>
public sealed class MemoryBlobs(TimeProvider? clock = null) : IBlobStore
{
    readonly ConcurrentDictionary<BlobName, (byte[] Content, DateTimeOffset At)> _blobs = new();

    public IReadOnlyCollection<BlobName> Names => (IReadOnlyCollection<BlobName>)_blobs.Keys;

    /// <summary>Adds one and says where it would lie.</summary>
    public string Holds(string name)
    {
        _blobs[BlobName.Of(name.Split('/'))] = ([], Now);
        return PathOf(BlobName.Of(name.Split('/')))!;
    }

    public async Task Put(BlobName name, Stream content, CancellationToken stop = default)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, stop);
        _blobs[name] = (copy.ToArray(), Now);
    }

    public Stream? Open(BlobName name) => _blobs.TryGetValue(name, out var blob) ? new MemoryStream(blob.Content, writable: false) : null;

    public string? PathOf(BlobName name) => _blobs.ContainsKey(name) ? "/blobs/" + name : null;

    public void Delete(BlobName name) => _blobs.TryRemove(name, out _);

    public IReadOnlyList<StoredBlob> List(BlobName folder) =>
    [
        .. _blobs.Where(blob => Path.GetDirectoryName(blob.Key.Value) == folder.Value)
            .Select(blob => new StoredBlob(blob.Key, blob.Value.Content.Length, blob.Value.At)),
    ];

    DateTimeOffset Now => (clock ?? TimeProvider.System).GetUtcNow();
}
