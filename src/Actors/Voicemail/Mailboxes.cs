using System.Collections.Concurrent;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>The snapshots of this node's boxes; each box publishes its own.</summary>
public sealed class Mailboxes : IMailboxes
{
    readonly ConcurrentDictionary<(TenantId Tenant, ExtensionNumber Extension), MailboxCounts> _boxes = new();

    public MailboxCounts Find(TenantId tenant, ExtensionNumber extension) => _boxes.GetValueOrDefault((tenant, extension));

    public void Publish(TenantId tenant, ExtensionNumber extension, MailboxCounts counts) => _boxes[(tenant, extension)] = counts;
}
