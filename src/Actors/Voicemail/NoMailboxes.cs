using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>Where there is no voicemail: every box is empty.</summary>
public sealed class NoMailboxes : IMailboxes
{
    public static readonly NoMailboxes Instance = new();

    public MailboxCounts Find(TenantId tenant, ExtensionNumber extension) => default;

    public MailboxState? Look(TenantId tenant, ExtensionNumber extension) => null;
}
