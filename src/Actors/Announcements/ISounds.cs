using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Announcements;

/// <summary>What is played when a sound is named.</summary>
public interface ISounds
{
    /// <summary>Null if there is no such announcement, prompt or class of music, or its file is gone.</summary>
    PlaySource? Find(TenantState tenant, SoundId sound);

    /// <summary>The classes of music that the tenant's callers can hear, its own and the exchange's, by name.</summary>
    IReadOnlyCollection<string> MusicClasses(TenantState tenant);
}
