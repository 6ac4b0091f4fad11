using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Announcements;

/// <summary>Where the audio of announcements lies in the blob store: a folder for each tenant.</summary>
static class AnnouncementFiles
{
    const string Root = "announcements";

    /// <summary>Null for a tenant whose id can't be a folder's name.</summary>
    public static BlobName? Folder(TenantId tenant) => BlobName.TryParse($"{Root}/{tenant}", out var folder) ? folder : null;

    /// <summary>Has an empty file for each file of the tenant's that nothing names, as old as that is known.</summary>
    public static BlobName Marks(BlobName folder) => BlobName.Of([.. folder.Value.Split('/'), "unnamed"]);

    public static BlobName Mark(BlobName marks, BlobName file) => BlobName.Of([.. marks.Value.Split('/'), Path.GetFileName(file.Value)]);

    /// <summary>A name that no other upload gets.</summary>
    public static BlobName Name(TenantId tenant, DateTimeOffset now) => BlobName.Of(Root, tenant.Value, $"{Guid.CreateVersion7(now):N}.wav");
}
