using TeleCube.Actors;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Subscriptions.Documents;
using TeleCube.Actors.Subscriptions.Watching;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Transactions;

namespace TeleCube.Node.Composition;

/// <summary>Puts together what watches: the board, the documents, the actors of the extensions' subscriptions and their edge.</summary>
sealed class SubscriptionParts(ClusterKey key, SubscriptionOptions options, ITagSource plainTags, TimeProvider clock)
{
    readonly SubscriptionTag _tags = new(key.For("subscription-tag"), new SystemRandomSource());

    public bool IsTag(string tag) => _tags.TryRead(tag, out _);

    public SubscriptionService Build(
        ActorSystem system, ShardRegion region, IReadModels store, LiveCalls live, TenantRegistry tenants, PhoneRegistry phones, IMailboxes mailboxes,
        ISignalling signalling, CallSip sip, PhoneAuthenticator authenticator, ILoggerFactory logs)
    {
        var board = new WatchBoard(live);
        live.Watch = board.Saw;
        tenants.Watch = board.Saw;
        phones.Watch = board.Poke;
        system.Spawn(Props.Create(() => new MailboxWatch(board)), "mailbox-watch");
        if (options.UnsolicitedMwi) system.Spawn(Props.Create(() => new UnsolicitedMwi(phones, mailboxes, signalling, sip, plainTags)), "unsolicited-mwi");

        var services = new SubscriptionServices(
            store, board, new DocumentWriter(board, tenants, phones, mailboxes), signalling, sip, _tags, options, clock, logs.CreateLogger<SubscriptionsActor>());
        region.Register(EntityKinds.SubscriptionsKind, id => Props.Create(() => new SubscriptionsActor(id.Tenant, ExtensionNumber.Parse(id.Id), services)));
        return new SubscriptionService(authenticator, region, signalling, _tags, plainTags, options);
    }
}
