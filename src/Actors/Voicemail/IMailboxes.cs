using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>What lies in the voicemail boxes of this node's companies; a snapshot after each durable change. Nothing here waits.</summary>
public interface IMailboxes
{
    /// <summary>Zero for a box in which nothing has ever been, or that does not exist.</summary>
    MailboxCounts Find(TenantId tenant, ExtensionNumber extension);

    /// <summary>Null for a box that nobody has used since the start.</summary>
    MailboxState? Look(TenantId tenant, ExtensionNumber extension);
}
