using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>Names the box of an extension; a kind is part of the journal's format and never changes.</summary>
public static class MailboxEntity
{
    public const string Kind = "mailbox";

    public static EntityId Of(TenantId tenant, ExtensionNumber extension) => new(Kind, tenant, extension.Value);
}
