using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Announcements;

/// <summary>
/// Deletes audio that no announcement names any more: replaced, deleted, or uploaded by somebody whose command then failed. Only of tenants that live
/// on this node, whose states it knows; a young file is left, since its announcement may just be being saved.
/// </summary>
public sealed class AnnouncementSweep(ITenants tenants, IBlobStore blobs, TimeProvider clock)
{
    public static readonly TimeSpan Spares = TimeSpan.FromDays(1);

    /// <summary>Returns how many files were deleted.</summary>
    public int Run()
    {
        var before = clock.GetUtcNow() - Spares;
        var swept = 0;
        foreach (var tenant in tenants.All)
        {
            if (AnnouncementFiles.Folder(tenant.Id) is not { } folder) continue;
            var named = tenant.Announcements.Values.Select(announcement => announcement.File).ToHashSet();
            foreach (var old in blobs.List(folder).Where(blob => blob.WrittenAt < before && !named.Contains(blob.Name)))
            {
                blobs.Delete(old.Name);
                swept++;
            }
        }
        return swept;
    }
}
