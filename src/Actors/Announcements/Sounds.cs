using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Announcements;

/// <summary>Announcements from the blob store; of prompts the tenant's own first, then TeleCube's, which are known by name.</summary>
public sealed class Sounds(IBlobStore blobs, IReadOnlyDictionary<string, PlaySource> prompts) : ISounds
{
    public PlaySource? Find(TenantState tenant, SoundId sound)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (sound.Prompt is not { } prompt)
            return AnnouncementId.TryParse(sound.Value, null, out var id) && tenant.Announcements.TryGetValue(id, out var announcement) ? File(announcement) : null;
        var own = tenant.Announcements.Values.FirstOrDefault(announcement => announcement.Replaces == prompt);
        return (own is null ? null : File(own)) ?? prompts.GetValueOrDefault(prompt);
    }

    PlaySource.Files? File(Announcement announcement) => blobs.PathOf(announcement.File) is { } path ? new PlaySource.Files([path]) : null;
}
