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
        var unnamed = new UnnamedBlobs(blobs, clock.GetUtcNow() - Spares);
        foreach (var tenant in tenants.All)
        {
            if (AnnouncementFiles.Folder(tenant.Id) is not { } folder) continue;
            var named = tenant.Announcements.Values.Select(announcement => announcement.File).ToHashSet();
            unnamed.Sweep(folder, named.Contains);
        }
        await unnamed.Mark(stop).ConfigureAwait(false);
        return unnamed.Swept;
    }
}
