using System.Collections.Concurrent;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>The snapshots of this node's boxes; each box publishes its own.</summary>
public sealed class Mailboxes : IMailboxes
{
    readonly ConcurrentDictionary<(TenantId Tenant, ExtensionNumber Extension), MailboxState> _boxes = new();

    public MailboxCounts Find(TenantId tenant, ExtensionNumber extension) => Look(tenant, extension)?.Counts ?? default;

    public MailboxState? Look(TenantId tenant, ExtensionNumber extension) => _boxes.GetValueOrDefault((tenant, extension));

    public void Publish(TenantId tenant, ExtensionNumber extension, MailboxState box) => _boxes[(tenant, extension)] = box;
}
