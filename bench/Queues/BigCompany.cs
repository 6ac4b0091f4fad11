using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transport;

namespace TeleCube.Bench.Queues;

/// <summary>A company of one queue with its distributor, phones and running calls, but without a disk, sockets and the calls' own work.</summary>
sealed class BigCompany : IDisposable
{
    public const string Skill = "en";
    public static readonly ExtensionNumber Queue = ExtensionNumber.Parse("1000"), Outsider = ExtensionNumber.Parse("1999");
    static readonly TenantId _tenant = new("firmaabcde");
    static readonly EntityId _id = DistributorEntity.Of(_tenant);
    static readonly SipTarget _nowhere = new(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060));

    readonly OneThread _thread = new();
    readonly LiveCalls _live = new();
    readonly QueueBoard _board = new();
    readonly ShardRegion _region;
    int _calls;

    public BigCompany(int consultants, bool oneLacksSkill)
    {
        Consultants = [.. Enumerable.Range(2000, consultants).Select(number => ConsultantId.Of(ExtensionNumber.Parse($"{number}")))];
        var (tenants, phones, memory, ownership) = (new TenantRegistry(), new PhoneRegistry(), new MemoryJournal(), new SoleOwnership());
        var idle = ConsultantId.Of(ExtensionNumber.Parse("1998"));
        var links = Consultants.Select(id => new LinkedConsultant(id) { Skills = [Skill] }).ToImmutableArray();
        var set = new Queue(Queue) { Consultants = oneLacksSkill ? links.Add(new LinkedConsultant(idle)) : links };
        var extensions = Consultants.Append(idle).Select(id => id.Extension!.Value).Append(Outsider).ToList();
        tenants.Publish(new TenantState
        {
            Id = _tenant,
            Status = TenantStatus.Active,
            LoginPrefix = _tenant.Value,
            Extensions = extensions.Select(number => new Extension(number)).ToImmutableSortedDictionary(one => one.Number, one => one),
            Queues = ImmutableSortedDictionary<ExtensionNumber, Queue>.Empty.Add(Queue, set),
        });
        foreach (var number in extensions) phones.Publish(_tenant, number, [Registered(number)]);

        var persistence = new PersistenceContext(memory, new EventRegistry().AddQueueEvents(), ownership);
        var system = new ActorSystem(new ActorSystemOptions { Persistence = persistence, Dispatcher = _thread }, Clock, NullLogger<ActorSystem>.Instance);
        _region = new ShardRegion(system, ownership, memory);
        var view = new RoutingView(new PlatformRegistry(), new TrunkRegistry(), phones, _live, NumberingPlan.Embedded);
        var plan = new DialPlan(view, new DialPlanOptions(TimeSpan.FromSeconds(30), 5));
        var services = new DistributorServices(tenants, plan, view, _board, _region, Clock, NullLogger<CallDistributor>.Instance);
        _region.Register(DistributorEntity.Kind, id => Props.Create(() => new CallDistributor(id, services)));
        _region.Register(CallId.Kind, _ => Props.Create(() => new Deaf()));
        Busy(ConsultantId.Of(Outsider), NextCall());
    }

    public StillClock Clock { get; } = new();

    public ImmutableArray<ConsultantId> Consultants { get; }

    public DistributorState State => _board.Find(_tenant)!;

    public QueueTicket NextTicket() => new(NextCall(), 1);

    /// <summary>Everything that follows from it is done when this returns.</summary>
    public void Says(DistributorCommand command)
    {
        _region.Tell(_id, command);
        _thread.RunAll();
    }

    /// <summary>A caller on the line; nobody comes at the very same moment.</summary>
    public DistributorCommand.Join Calls(QueueTicket ticket, string? skill)
    {
        Clock.Now += TimeSpan.FromMilliseconds(1);
        _live.Update(Call(ticket.Call, [Leg(0, LegRole.Uas, new Party.Outside("carrier", "+48600100200"))]));
        return new DistributorCommand.Join(ticket, Queue, "+48600100200", null, skill, Clock.Now);
    }

    public void Busy(ConsultantId who, CallId call) => _live.Update(Call(
        call, [Leg(0, LegRole.Uas, new Party.Outside("carrier", "+48600100200")), Leg(1, LegRole.Uac, new Party.Phone(who.Value))]));

    public void Over(CallId call) => _live.Remove(call.Entity(_tenant));

    public void Dispose() => _thread.Dispose();

    CallId NextCall() => new($"01KAGZ{++_calls:00000000000000000000}");

    static CallState Call(CallId id, ImmutableArray<Leg> legs) =>
        CallState.Initial with { Id = id, Tenant = _tenant, Phase = CallPhase.Talking, Legs = legs };

    static Leg Leg(int number, LegRole role, Party party) =>
        new() { Number = number, Role = role, Party = party, Phase = LegPhase.Talking, LocalTag = "tag", Target = _nowhere };

    RegistrationRow Registered(ExtensionNumber number) => new()
    {
        Tenant = _tenant,
        Extension = number.Value,
        Contact = $"sip:{number}@127.0.0.1",
        Received = "udp:127.0.0.1:5060",
        Local = "udp:127.0.0.1:5060",
        CallId = "reg",
        CSeq = 1,
        RegisteredAt = Clock.Now,
        ExpiresAt = Clock.Now.AddYears(1),
    };

    /// <summary>What calls are told goes no further.</summary>
    sealed class Deaf : Actor
    {
        protected override void Receive(object message) { }
    }
}
