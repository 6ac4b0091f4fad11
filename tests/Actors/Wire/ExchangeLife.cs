using System.Net;
using System.Text;
using TeleCube.Actors.Calls;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Trunks;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>
/// One life of an exchange: what a process puts together, but for sockets, audio, the store and registrations. It has no thread: everything that it does is
/// done by <see cref="TryTurn"/>. Over the journal of a dead one it is a restart.
/// </summary>
sealed class ExchangeLife : IDisposable
{
    static readonly byte[] _key = Encoding.ASCII.GetBytes("a key for the tests only, 32 B..");
    static readonly DialPlanOptions _planOptions = new(TimeSpan.FromSeconds(60), 5);
    static readonly LocalTag _tags = new(_key);
    static readonly MediaAddress _media = new(IPAddress.Loopback, IPAddress.Loopback);

    readonly WireHouse _house;
    readonly TurnPump _pump = new();
    readonly MortalClock _clock;
    readonly ActorSystem _system;
    readonly SipStack _stack;
    readonly BanList _bans;
    bool _dead;

    public ExchangeLife(WireHouse house)
    {
        _house = house;
        _clock = new MortalClock(house.Clock);
        var log = house.Log;
        var ownership = new SoleOwnership(1);
        var registry = new EventRegistry().AddDomain().AddCallEvents().AddSmsEvents().AddQueueEvents().AddWebhookEvents().AddMailboxEvents();
        _system = new ActorSystem(
            new ActorSystemOptions { Persistence = new PersistenceContext(house.Journal, registry, ownership), Dispatcher = _pump }, _clock, log.For<ActorSystem>());
        Region = new ShardRegion(_system, ownership, house.Memory);
        Desk = new MediaDesk(new MediaPortPool(new(20_000, 29_998) { Quarantine = TimeSpan.Zero }, _clock), _media);
        Media = new DeafMedia(Desk);
        _bans = new BanList(new BanOptions(), _clock);
        Ether = new Ether();
        _stack = new SipStack(new SipStackOptions { BranchKey = _key }, Ether, _bans, _clock, log.For<SipStack>());

        var open = new OpenInvites(Live, _clock);
        var signalling = new StackSignalling(_stack, open);
        var (onNet, tags, random) = (new OnNet(_key), _tags, new SystemRandomSource());
        var sip = new CallSip("pbx.test", Ether.Endpoints, tags, onNet, random, "TeleCube");
        var trunks = new TrunkRegistry();
        View = new RoutingView(house.Platform, trunks, Phones, Live, NumberingPlan.Embedded);
        var plan = new DialPlan(View, _planOptions);
        var carriers = new Carriers(house.Platform, trunks, () => Ether.Endpoints);
        var world = new CallWorld(house.Tenants, plan, View, Phones, carriers, Desk, sip, new AllSounds(), Queues, new CallOptions());
        var calls = new CallServices(world, signalling, Media, Desk, Region, Live, _clock, log.For<CallActor>()) { Recordings = house.Recordings, Decisions = house.Servers };

        var digest = new DigestServer(new NonceMint(new NonceKeys(new NonceKey(1, _key)), random, _clock), _clock, TimeSpan.FromMinutes(5));
        var plainTags = new PlainTagSource(random, _key);
        var registrar = new RegistrarOptions();
        var authenticator = new PhoneAuthenticator(house.Tenants, digest, _bans, registrar, plainTags, _clock);
        var gate = new TrunkGate(house.Platform, trunks, digest, _bans, plainTags, registrar.Realm, _clock);
        var admission = new AdmissionControl(new AdmissionOptions(10_000, 10_000, TimeSpan.FromHours(1), TimeSpan.FromSeconds(5)), Live, () => TimeSpan.Zero, _clock);
        var refusals = new FirstRefusals(admission, signalling, Live, plainTags);
        var first = new FirstInvites(Region, house.Tenants, gate, authenticator, onNet, new CallIds(_clock, house.Chance), open, admission, refusals, signalling, log.For<FirstInvites>());
        var phones = new RegistrarService(authenticator, Region, Phones, plainTags, _clock, log.For<RegistrarService>());
        var watches = new SubscriptionService(authenticator, Region, signalling, new SubscriptionTag(_key, random), plainTags, new SubscriptionOptions());
        var ingress = new SipIngress(Region, tags, first, open, phones, watches, plainTags, _clock, log.For<SipIngress>());

        Region.Register(CallId.Kind, id => Props.Create(() => new CallActor(id, calls)), passivateAfter: TimeSpan.FromMinutes(1));
        var trunk = new TrunkServices(trunks, house.Platform, new StackTrunkSip(_stack, new TargetResolver(new HostCache(new SystemHostLookup(), _clock))), Live, random, _clock, log.For<TrunkActor>());
        Region.Register(TrunkEntity.Kind, id => Props.Create(() => new TrunkActor(new TrunkId(id.Id), trunk)));
        var distributor = new DistributorServices(house.Tenants, plan, View, Queues, Region, _clock, log.For<CallDistributor>());
        Region.Register(DistributorEntity.Kind, id => Props.Create(() => new CallDistributor(id, distributor)));
        Region.Register(SmsEntity.Kind, _ => Props.Create(() => new Texts(house.Sms)));
        Region.Register(MailboxEntity.Kind, id => Props.Create(() => new Box(id, Region)));

        ingress.Serve(_stack);
        foreach (var id in house.Platform.Current.Trunks.Keys) Region.Tell(TrunkEntity.Of(id), new TrunkMessage.GetStatus());
    }

    public ShardRegion Region { get; }

    public Ether Ether { get; }

    public MediaDesk Desk { get; }

    public DeafMedia Media { get; }

    public LiveCalls Live { get; } = new();

    public PhoneRegistry Phones { get; } = new();

    public QueueBoard Queues { get; } = new();

    public IRoutingView View { get; }

    public static DialPlanOptions PlanOptions => _planOptions;

    public (int Clients, int Servers, int Unanswered) Transactions => _stack.Transactions;

    /// <summary>The call of which the exchange speaks with this far end: its tags say so.</summary>
    public CallId? CallOf(FarCall call) => _tags.TryRead(call.Remote.Tag, out _, out var id, out _) ? id : null;

    public bool TryTurn() => _pump.TryTurn();

    /// <summary>As a node does when it has a shard.</summary>
    public void Resume()
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            var started = Region.StartRemembered(shard);
            if (!started.IsCompletedSuccessfully) throw new InvalidOperationException("the journal in memory made somebody wait");
        }
    }

    /// <summary>As by kill -9: whatever it was about to do it never does. What the kernel itself holds is let go afterwards, unheard.</summary>
    public void Dispose()
    {
        if (_dead) return;
        _dead = true;
        _clock.Die();
        _house.Journal.Away = true;
        _ = _stack.DisposeAsync().AsTask();
        while (Ether.TryDeliver(out _)) { }
        _pump.Dispose();
        _bans.Dispose();
        var ended = _system.DisposeAsync().AsTask();
        while (_pump.TryTurn()) { }
        ended.Wait(TimeSpan.FromSeconds(30));
        _house.Journal.Away = false;
    }

    /// <summary>Keeps what is to be sent.</summary>
    sealed class Texts(List<SmsCommand.Send> sent) : Actor
    {
        protected override void Receive(object message)
        {
            if (message is SmsCommand.Send send) sent.Add(send);
        }
    }

    /// <summary>A voicemail box that keeps every message.</summary>
    sealed class Box(EntityId id, ShardRegion region) : Actor
    {
        protected override void Receive(object message)
        {
            if (message is not MailboxCommand.Asked asked) return;
            var answer = asked.Question is MailboxQuestion.Outcome ? MailboxAnswer.Kept : MailboxAnswer.Done;
            region.Tell(asked.Call.Entity(id.Tenant), new CallCommand.MailboxSays(asked.Serial, answer));
        }
    }
}
