using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Announcements;

/// <summary>
/// Deletes files of a folder that nothing has named for a while. That a file is unnamed is marked by an empty one in a folder beside it, and the time runs from
/// there: a backup of the database finds the audio that it names, however old it is, and so does a command that is just being decided.
/// </summary>
sealed class UnnamedBlobs(IBlobStore blobs, DateTimeOffset before)
{
    readonly List<BlobName> _unmarked = [];

    public int Swept { get; private set; }

    public void Sweep(BlobName folder, Func<BlobName, bool> isNamed)
    {
        var marks = AnnouncementFiles.Marks(folder);
        blobs.DropUnfinished(folder, before);
        blobs.DropUnfinished(marks, before);
        var unnamed = blobs.List(folder).Select(blob => blob.Name).Where(name => !isNamed(name)).ToDictionary(name => AnnouncementFiles.Mark(marks, name));
        foreach (var mark in blobs.List(marks))
        {
            var old = unnamed.Remove(mark.Name, out var file) && mark.WrittenAt < before;
            if (old) blobs.Delete(file);
            if (old || file == default) blobs.Delete(mark.Name); // its file went, or has a name again
            if (old) Swept++;
        }
        _unmarked.AddRange(unnamed.Keys);
    }

    /// <summary>After all deleting: a full disk may refuse marks.</summary>
    public async Task Mark(CancellationToken stop)
    {
        foreach (var mark in _unmarked) await blobs.Put(mark, Stream.Null, stop).ConfigureAwait(false);
    }
}
