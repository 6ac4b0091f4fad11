using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Announcements;

/// <summary>
/// Deletes audio that no announcement has named for a day: replaced, deleted, or uploaded by somebody whose command then failed. That it is unnamed is marked
/// by an empty file in a folder beside it, and the day runs from there: a backup of the database finds the audio that it names, however old it is, and so does
/// a command that is just being decided. Only of tenants that live on this node, whose states it knows.
/// </summary>
public sealed class AnnouncementSweep(ITenants tenants, IBlobStore blobs, TimeProvider clock)
{
    public static readonly TimeSpan Spares = TimeSpan.FromDays(1);

    /// <summary>Returns how many files were deleted. All deleting comes before the first mark is written, which a full disk may refuse.</summary>
    public async Task<int> Run(CancellationToken stop = default)
    {
        var before = clock.GetUtcNow() - Spares;
        var (swept, unmarked) = (0, new List<BlobName>());
        foreach (var tenant in tenants.All)
        {
            if (AnnouncementFiles.Folder(tenant.Id) is not { } folder) continue;
            var marks = AnnouncementFiles.Marks(folder);
            blobs.DropUnfinished(folder, before);
            blobs.DropUnfinished(marks, before);
            var named = tenant.Announcements.Values.Select(announcement => announcement.File).ToHashSet();
            var unnamed = blobs.List(folder).Select(blob => blob.Name).Where(name => !named.Contains(name)).ToDictionary(name => AnnouncementFiles.Mark(marks, name));
            foreach (var mark in blobs.List(marks))
            {
                var old = unnamed.Remove(mark.Name, out var file) && mark.WrittenAt < before;
                if (old) blobs.Delete(file);
                if (old || file == default) blobs.Delete(mark.Name); // its file went, or has a name again
                if (old) swept++;
            }
            unmarked.AddRange(unnamed.Keys);
        }
        foreach (var mark in unmarked) await blobs.Put(mark, Stream.Null, stop).ConfigureAwait(false);
        return swept;
    }
}
