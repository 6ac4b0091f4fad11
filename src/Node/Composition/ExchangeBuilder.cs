using TeleCube.Actors;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Extensions;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.ParkingPlaces;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Decisions;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media;
using TeleCube.Node.Options;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Node.Composition;

/// <summary>
/// Puts an <see cref="Exchange"/> together from the options. Nothing is served yet: <see cref="ExchangeStart"/> does that.
/// </summary>
sealed class ExchangeBuilder(TeleCubeOptions options, TimeProvider clock, ILoggerFactory logs)
{
    readonly Opening _opening = new(options, clock, logs);

    public async Task<Exchange> Build(IReadOnlyList<ReadModel> models, CancellationToken stop)
    {
        var key = ClusterKey.Load(options.Node.DataDirectory);
        var store = await _opening.Store(models, stop);
        var registry = new EventRegistry().AddDomain().AddCallEvents().AddSmsEvents().AddQueueEvents().AddWebhookEvents().AddMailboxEvents();
        var system = new ActorSystem(
            new ActorSystemOptions { Persistence = new PersistenceContext(store, registry, store.Ownership), ShutdownTimeout = options.Node.StopWithin },
            clock, logs.CreateLogger<ActorSystem>());
        var region = new ShardRegion(system, store.Ownership, store);
        var numbers = NamedFiles.NumberingOf(options);
        var (platform, tenants, phones, live) = (new PlatformRegistry(), new TenantRegistry(), new PhoneRegistry(), new LiveCalls());
        var calls = Mapping.Calls(options);
        var blobs = _opening.Blobs();
        var sounds = new Sounds(blobs, calls.Prompts, Mapping.MusicClasses(options.Media));
        var registrar = Mapping.Registrar(options.Sip);
        var audit = new AuditSpool(store, clock, logs.CreateLogger<AuditSpool>());
        var bans = new BanList(Mapping.Bans(options.Sip.Ban), clock, new BanRecord(audit, clock, logs.CreateLogger<BanRecord>()).Banned);

        const string OfMedia = "Name an address of this machine there (--sip sets it too); what phones are told is 'advertise'.";
        ListenFault.Try(options.Media.Bind, "media.bind", OfMedia);
        if (options.Media.BindIpv6 is { } bindIpv6) ListenFault.Try(bindIpv6, "media.bind-ipv6", OfMedia);
        var desk = new MediaDesk(new MediaPortPool(options.Media.ForPorts(), clock), options.Media.Addresses());
        var engine = new MediaEngine(options.Media.ForEngine(), desk);
        var transport = new SocketTransport(options.Sip.ForTransport(), bans, clock);
        var (random, tags) = (new SystemRandomSource(), new LocalTag(key.For("tag")));
        var plainTags = new PlainTagSource(random, key.For("plain-tag"));
        var watching = new SubscriptionParts(key, Mapping.Subscriptions(options.Sip), plainTags, clock);
        var stackOptions = options.ForStack() with
        {
            BranchKey = key.For("branch"),
            IsExempt = EmergencyCall.Concerns,
            IsDialogTag = tag => tags.TryRead(tag, out _, out _, out _) || watching.IsTag(tag),
        };
        var stack = new SipStack(stackOptions, transport, bans, clock, logs.CreateLogger<SipStack>());

        var open = new OpenInvites(live, clock);
        var signalling = new StackSignalling(stack, open);
        var onNet = new OnNet(key.For("on-net"));
        var hosts = new HostCache(new SystemHostLookup(), clock);
        var sip = new CallSip(
            Mapping.Domain(options.Sip), options.Sip.ForTransport().Endpoints, tags, onNet, new SystemRandomSource(), options.Sip.ServerName, hosts);
        var trunks = new TrunkRegistry();
        var view = new RoutingView(platform, trunks, phones, live, numbers);
        var carriers = new Carriers(platform, trunks, () => stack.Endpoints);
        var planOptions = new DialPlanOptions(options.Call.RingTimeout, options.Call.MaxForwards);
        var plan = new DialPlan(view, planOptions);
        var queues = new QueueBoard();
        var smsLedger = new SmsLedger(Mapping.SchemeSms(options.Sms.Schemes));
        var (mailboxes, recordings) = (new Mailboxes(), _opening.Recordings());
        var world = new CallWorld(tenants, plan, view, phones, carriers, desk, sip, sounds, queues, calls) { Mailboxes = mailboxes, Sms = new SmsGate(smsLedger) };
        var (webhookHttp, decisionHttp) = (WebhookHttp.Client(options.Webhooks.AllowPrivate), WebhookHttp.Client(options.Webhooks.AllowPrivate));
        var decisions = new HttpDecisions(decisionHttp, new DecisionOptions(options.Webhooks.QuestionsPerCompany, options.Webhooks.QuestionsPerServer));
        var services = new CallServices(world, signalling, engine, desk, region, live, clock, logs.CreateLogger<CallActor>())
        {
            Recordings = recordings,
            Decisions = decisions,
        };
        var ids = new CallIds(clock);
        var digest = new DigestServer(new NonceMint(new NonceKeys(new NonceKey(1, key.For("nonce"))), random, clock), clock,
            options.Sip.Authentication.NonceLifetime, Mapping.Algorithms(options.Sip.Authentication));
        var authenticator = new PhoneAuthenticator(tenants, digest, bans, registrar, plainTags, clock);
        var gate = new TrunkGate(platform, trunks, digest, bans, plainTags, registrar.Realm, clock);
        var drain = new Drain();
        var admission = new AdmissionControl(Mapping.Admission(options), live, () => Exchange.Longest(stack.Lag, system.Lag, store.Lag), clock, drain);
        var subscriptions = watching.Build(system, region, store, live, tenants, phones, mailboxes, signalling, sip, authenticator, logs);
        var refusals = new FirstRefusals(admission, signalling, live, plainTags);
        var ingress = new SipIngress(
            region, tags,
            new FirstInvites(region, tenants, gate, authenticator, onNet, ids, open, admission, refusals, signalling, logs.CreateLogger<FirstInvites>()), open,
            new RegistrarService(authenticator, region, phones, plainTags, clock, logs.CreateLogger<RegistrarService>()), subscriptions, plainTags, clock,
            logs.CreateLogger<SipIngress>());

        region.Register(EntityKinds.PlatformKind, _ => Props.Create(() => new PlatformActor(platform, region)));
        var tenantServices = new TenantServices(tenants, platform, numbers, store, region, clock)
        {
            AllowsPrivateWebhooks = options.Webhooks.AllowPrivate,
            Language = Mapping.SpokenLanguage(options.Media),
        };
        region.Register(EntityKinds.TenantKind, id => Props.Create(() => new TenantActor(id.Tenant, tenantServices)));
        region.Register(
            EntityKinds.ExtensionKind,
            id => Props.Create(() => new ExtensionActor(
                id.Tenant, ExtensionNumber.Parse(id.Id), new ExtensionServices(store, phones, registrar, clock, logs.CreateLogger<ExtensionActor>()))));
        // A call that runs has a timer; one without was started by a stray message while the store was away.
        region.Register(CallId.Kind, id => Props.Create(() => new CallActor(id, services)), passivateAfter: TimeSpan.FromMinutes(1));
        var trunkServices = new TrunkServices(
            trunks, platform, new StackTrunkSip(stack, new TargetResolver(hosts)),
            live, random, clock, logs.CreateLogger<TrunkActor>());
        region.Register(TrunkEntity.Kind, id => Props.Create(() => new TrunkActor(new TrunkId(id.Id), trunkServices)));

        var distributorServices = new DistributorServices(tenants, plan, view, queues, region, clock, logs.CreateLogger<CallDistributor>());
        region.Register(DistributorEntity.Kind, id => Props.Create(() => new CallDistributor(id, distributorServices)));

        region.Register(
            EntityKinds.ParkingKind, id => Props.Create(() => new ParkingActor(id.Tenant, tenants, live, clock)), passivateAfter: TimeSpan.FromMinutes(5));

        var smsHttp = SmsGateways.Client();
        var smsServices = new SmsServices(
            SmsGateways.Open(options.Sms, smsHttp), new SmsOptions(options.Sms.Attempts, options.Sms.RetryAfter), clock, logs.CreateLogger<SmsActor>());
        region.Register(SmsEntity.Kind, id => Props.Create(() => new SmsActor(id, smsServices)));

        var webhooks = new HttpWebhooks(webhookHttp, new WebhookPostOptions(options.Webhooks.Timeout, options.Webhooks.PerCompany), clock);
        var webhookServices = new WebhookServices(
            webhooks, new TenantWebhooks(tenants), new WebhookOptions(options.Webhooks.Attempts, options.Webhooks.RetryAfter), clock,
            logs.CreateLogger<WebhookActor>());
        region.Register(WebhookEntity.Kind, id => Props.Create(() => new WebhookActor(id, webhookServices)));

        var voicemail = new VoicemailAudio(blobs, recordings);
        var mailboxServices = new MailboxServices(mailboxes, tenants, voicemail, desk.IsRecording, region, clock, logs.CreateLogger<MailboxActor>());
        region.Register(MailboxEntity.Kind, id => Props.Create(() => new MailboxActor(id, mailboxServices)), passivateAfter: TimeSpan.FromMinutes(10));

        return new Exchange
        {
            Store = store,
            System = system,
            Region = region,
            Stack = stack,
            Transport = transport,
            Engine = engine,
            Desk = desk,
            Ingress = ingress,
            OpenInvites = open,
            Live = live,
            Simulator = new SchemeSimulator(view, planOptions, mailboxes, calls.Language, smsLedger.Limits),
            QueueConditions = new QueueConditions(plan, view),
            CallIds = ids,
            Platform = platform,
            Tenants = tenants,
            Phones = phones,
            Trunks = trunks,
            Queues = queues,
            Bans = bans,
            Audit = audit,
            Admission = admission,
            Drain = drain,
            SessionKey = key.For("session"),
            SmsLedger = smsLedger,
            SmsHttp = smsHttp,
            WebhookHttp = webhookHttp,
            DecisionHttp = decisionHttp,
            Retention = new Retention(
                store, new AnnouncementSweep(tenants, blobs, clock), new VoicemailSweep(tenants, mailboxes, region, blobs, recordings, clock), options.Storage, clock,
                logs.CreateLogger<Retention>()),
            MemoryTrim = new MemoryTrim(live, clock, logs.CreateLogger<MemoryTrim>()),
            Mailboxes = mailboxes,
            Numbers = numbers,
            Blobs = blobs,
            Sounds = sounds,
            Quotes = new QuoteSeal(key.For("quote"), platform, numbers, clock),
            Registrar = registrar,
        };
    }
}
