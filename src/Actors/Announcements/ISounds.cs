using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Announcements;

/// <summary>What is played when a sound is named.</summary>
public interface ISounds
{
    /// <summary>Null if there is no such announcement or prompt, or its file is gone.</summary>
    PlaySource? Find(TenantState tenant, SoundId sound);
}
