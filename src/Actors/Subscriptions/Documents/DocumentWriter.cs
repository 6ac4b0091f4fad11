using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Subscriptions.Watching;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Subscriptions.Documents;

/// <summary>What a phone is told, made of the snapshots of this node at the moment when it is told.</summary>
public sealed class DocumentWriter(WatchBoard board, ITenants tenants, IPhoneRegistry phones, IMailboxes mailboxes)
{
    /// <summary>False when what was watched is no more.</summary>
    public bool Exists(TenantId tenant, string watched) =>
        tenants.Find(tenant) is { Status: not TenantStatus.Closed } found && SubscribeRequest.IsWatchable(found, watched);

    /// <summary>The document of a package, and the dialogs that it names.</summary>
    public (byte[] Body, IReadOnlyList<WatchedDialog> Dialogs) Write(TenantId tenant, Subscription subscription, IReadOnlyList<WatchedDialog> told)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        var dialogs = board.DialogsOf(new ResourceKey(tenant, subscription.Watched));
        if (subscription.Package == EventPackage.Dialog.Name)
        {
            var over = told.Where(old => dialogs.All(dialog => dialog.Id != old.Id)).Select(old => old with { State = WatchedState.Terminated });
            return (DialogInfo.Of(subscription.Entity, subscription.Version, [.. dialogs, .. over]), dialogs);
        }

        var number = ExtensionNumber.Parse(subscription.Watched);
        if (subscription.Package == EventPackage.MessageSummary.Name) return (MessageSummary.Of(subscription.Entity, mailboxes.Find(tenant, number)), []);
        var away = tenants.Find(tenant)?.Extensions.GetValueOrDefault(number) is { DoNotDisturb: true };
        var talks = dialogs.Any(dialog => dialog.State is WatchedState.Confirmed);
        return (PresenceInfo.Of(subscription.Entity, phones.Of(tenant, number).Length > 0, talks, away), []);
    }
}
