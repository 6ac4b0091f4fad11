using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Extensions;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transactions;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests;

/// <summary>
/// The domain's actors over a store in memory and a clock that is moved by hand. A second one over the same store is a restart.
/// </summary>
sealed class Exchange : IAsyncDisposable
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    readonly ActorSystem _system;

    public Exchange(MemoryJournal journal, IRegistrationStore registrations, ManualClock clock, long epoch = 1)
    {
        (Journal, Clock) = (journal, clock);
        var ownership = new SoleOwnership(epoch);
        var persistence = new PersistenceContext(journal, new EventRegistry().AddDomain(), ownership);
        _system = new ActorSystem(new ActorSystemOptions { Persistence = persistence }, clock, NullLogger<ActorSystem>.Instance);
        Region = new ShardRegion(_system, ownership, journal);
        var tenant = new TenantServices(Tenants, Platform, NumberingPlan.Embedded, registrations, Region, clock);
        var extension = new ExtensionServices(registrations, Phones, Registrar, clock, NullLogger<ExtensionActor>.Instance);
        Region.Register(EntityKinds.PlatformKind, _ => Props.Create(() => new PlatformActor(Platform, Region)));
        Region.Register(EntityKinds.TenantKind, id => Props.Create(() => new TenantActor(id.Tenant, tenant)));
        Region.Register(EntityKinds.ExtensionKind, id => Props.Create(() => new ExtensionActor(id.Tenant, ExtensionNumber.Parse(id.Id), extension)));
        Region.Register(TrunkEntity.Kind, _ => Props.Create(() => new Silent()));
        Region.Register(MailboxEntity.Kind, _ => Props.Create(() => new Silent()));
    }

    public MemoryJournal Journal { get; }

    public ManualClock Clock { get; }

    public ShardRegion Region { get; }

    public TenantRegistry Tenants { get; } = new();

    public PlatformRegistry Platform { get; } = new();

    public PhoneRegistry Phones { get; } = new();

    public RegistrarOptions Registrar { get; } = new();

    public static Exchange New()
    {
        var clock = new ManualClock();
        return new Exchange(new MemoryJournal(), new MemoryRegistrations(clock), clock);
    }

    /// <summary>An answer of the platform's, a tenant's or an extension's actor: accepted, refused, or what was asked for.</summary>
    public Task<object> Tell(EntityId entity, object message) => Region.Ask<object>(entity, message, _patience);

    public async Task Accepted(EntityId entity, object message)
    {
        var answer = await Tell(entity, message);
        if (answer is not Kernel.Actors.Accepted) throw new InvalidOperationException($"{entity} answered {answer}");
    }

    /// <summary>A fresh installation with its demo company.</summary>
    public async Task<DemoCompany> FoundDemo()
    {
        foreach (var command in FirstStart.Commands()) await Accepted(EntityKinds.Platform, command);
        var demo = new DemoCompany(Registrar.Realm, new SystemRandomSource());
        foreach (var (entity, command) in demo.Commands()) await Accepted(entity, command);
        return demo;
    }

    public TestProbe Hear<T>()
    {
        var probe = new TestProbe();
        _system.EventStream.Subscribe<T>(probe);
        return probe;
    }

    public async Task Restart()
    {
        for (var shard = 0; shard < Shards.Count; shard++) await Region.StartRemembered(shard);
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    sealed class Silent : Actor
    {
        protected override void Receive(object message) { }
    }
}
