using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Announcements;

/// <summary>Several sounds as one: a sentence and the number that it tells.</summary>
public static class SoundsExtensions
{
    /// <summary>One after the other. Null if any of them is missing: half a number would be a wrong one.</summary>
    public static PlaySource? FindAll(this ISounds sounds, TenantState tenant, IEnumerable<SoundId> all)
    {
        ArgumentNullException.ThrowIfNull(sounds);
        ArgumentNullException.ThrowIfNull(all);
        var paths = new List<string>();
        foreach (var sound in all)
        {
            if (sounds.Find(tenant, sound) is not PlaySource.Files files) return null;
            paths.AddRange(files.Paths);
        }
        return paths.Count > 0 ? new PlaySource.Files(paths) : null;
    }
}
