using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Announcements;

/// <summary>Announcements from the blob store; of prompts and classes of music the tenant's own first, then TeleCube's, which are known by name.</summary>
public sealed class Sounds(IBlobStore blobs, IReadOnlyDictionary<string, PlaySource> prompts, IReadOnlyDictionary<string, PlaySource> music) : ISounds
{
    public PlaySource? Find(TenantState tenant, SoundId sound)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (sound.MusicClass is { } name) return Music(tenant, name) ?? music.GetValueOrDefault(name);
        if (sound.Message is { } message)
            return VoicemailFiles.Of(tenant.Id, message) is { } left && blobs.PathOf(left) is { } lies ? new PlaySource.Files([lies]) : null;
        if (sound.Prompt is not { } prompt)
            return AnnouncementId.TryParse(sound.Value, null, out var id) && tenant.Announcements.TryGetValue(id, out var announcement)
                ? File(announcement)
                : null;
        var own = tenant.Announcements.Values.FirstOrDefault(announcement => announcement.Replaces == prompt);
        return (own is null ? null : File(own)) ?? prompts.GetValueOrDefault(prompt);
    }

    public IReadOnlyCollection<string> MusicClasses(TenantState tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return [.. tenant.Announcements.Values.Select(announcement => announcement.MusicClass)
            .OfType<string>().Union(music.Keys).Order(StringComparer.Ordinal)];
    }

    PlaySource.Files? Music(TenantState tenant, string name)
    {
        var pieces = tenant.Announcements.Values.Where(announcement => announcement.MusicClass == name)
            .Select(piece => blobs.PathOf(piece.File)).OfType<string>().ToList();
        return pieces.Count > 0 ? new PlaySource.Files(pieces) : null;
    }

    PlaySource.Files? File(Announcement announcement) => blobs.PathOf(announcement.File) is { } path ? new PlaySource.Files([path]) : null;
}
