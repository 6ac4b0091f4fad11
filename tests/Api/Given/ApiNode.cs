using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Actors.Voicemail;
using TeleCube.Api.Operator;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Conversion;
using TeleCube.Media.Messages;
using TeleCube.Tests.Support;

namespace TeleCube.Api.Tests.Given;

/// <summary>The API on a real Kestrel, with the real actors of tenants and platform over the memory journal, on a manual clock.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes of it by IAsyncLifetime")]
public sealed class ApiNode : IAsyncLifetime
{
    public const string OperatorToken = "operator-token-of-these-tests";

    readonly WebApplication _web;
    readonly ActorSystem _actors;
    readonly MemoryRegistrations _registrations;
    readonly TempFolder _folder = new();

    public ApiNode()
    {
        _registrations = new MemoryRegistrations(Clock);
        Recordings = new RecordingFolder(_folder.Path);
        Bans = new BanList(new BanOptions(), Clock);
        Journal = new MemoryJournal([.. ApiReadModels.All, CdrRows.Model, TimelineRows.Model]);
        var ownership = new SoleOwnership();
        var persistence = new PersistenceContext(Journal, new EventRegistry().AddDomain().AddQueueEvents().AddMailboxEvents(), ownership);
        Store = new FragileStore(Journal);
        _actors = new ActorSystem(new ActorSystemOptions { Persistence = persistence }, TimeProvider.System, NullLogger<ActorSystem>.Instance);
        Region = new ShardRegion(_actors, ownership, Journal);
        RegisterActors();
        _web = Build();
    }

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public MemoryJournal Journal { get; }

    /// <summary>The same journal, as the API's own tables see it.</summary>
    public FragileStore Store { get; }

    /// <summary>Under which this node writes.</summary>
    public long Epoch => _actors.Persistence.Ownership.EpochOf(0) ?? throw new InvalidOperationException("the node owns nothing");

    public ShardRegion Region { get; }

    public TenantRegistry Tenants { get; } = new();

    public PlatformRegistry Platform { get; } = new();

    public QueueBoard Queues { get; } = new();

    public MemoryBlobs Blobs { get; } = new();

    /// <summary>Where callers' words are written while they speak.</summary>
    public RecordingFolder Recordings { get; }

    public BanList Bans { get; }

    /// <summary>How long the node's work waits, by which it refuses new calls.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>The ids of the calls that were given an order.</summary>
    public ConcurrentBag<string> Ordered { get; } = [];

    public IServiceProvider Services => _web.Services;

    public Uri Address => new(_web.Urls.First());

    /// <summary>Somebody with a token, or nobody.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public HttpClient Operator() => Client(OperatorToken);

    public Task InitializeAsync() => _web.StartAsync();

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        await _actors.DisposeAsync();
        _folder.Dispose();
    }

    void RegisterActors()
    {
        var services = new TenantServices(Tenants, Platform, NumberingPlan.Embedded, _registrations, Region, Clock);
        Region.Register(EntityKinds.PlatformKind, _ => Props.Create(() => new PlatformActor(Platform, Region)));
        Region.Register(EntityKinds.TenantKind, id => Props.Create(() => new TenantActor(id.Tenant, services)));
        Region.Register(Actors.Calls.Model.CallId.Kind, id => Props.Create(() => new EndedCall(id.Id, Ordered)));
        var view = new RoutingView(Platform, new TrunkRegistry(), new PhoneRegistry(), new LiveCalls(), NumberingPlan.Embedded);
        var queues = new DistributorServices(
            Tenants, new DialPlan(view, new DialPlanOptions(TimeSpan.FromSeconds(60), 5)), view, Queues, Region, Clock, NullLogger<CallDistributor>.Instance);
        Region.Register(DistributorEntity.Kind, id => Props.Create(() => new CallDistributor(id, queues)));
        Region.Register(TrunkEntity.Kind, _ => Props.Create(() => new Silent()));
        Region.Register(EntityKinds.ExtensionKind, _ => Props.Create(() => new Silent()));
        var boxes = new MailboxServices(
            new Mailboxes(), Tenants, new VoicemailAudio(Blobs, Recordings), _ => false, Region, Clock, NullLogger<MailboxActor>.Instance);
        Region.Register(MailboxEntity.Kind, id => Props.Create(() => new MailboxActor(id, boxes)));
    }

    WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error); // a defect is read in the test's output
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var services = builder.Services;
        services.AddSingleton(new ApiSettings { OperatorToken = OperatorToken, SigningKey = new byte[32], SipRealm = "telecube.test", NodeId = "node-1" });
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(Region);
        services.AddSingleton<IShardOwnership>(new SoleOwnership());
        services.AddSingleton<INode>(new QuietNode(Clock.GetUtcNow()));
        services.AddSingleton(new Drain());
        services.AddSingleton<ITenants>(Tenants);
        services.AddSingleton<IPlatform>(Platform);
        services.AddSingleton<IQueues>(Queues);
        var routes = new RoutingView(Platform, new TrunkRegistry(), new PhoneRegistry(), new LiveCalls(), NumberingPlan.Embedded);
        services.AddSingleton(new QueueConditions(new DialPlan(routes, new DialPlanOptions(TimeSpan.FromSeconds(60), 5)), routes));
        services.AddSingleton<ITrunks>(new TrunkRegistry());
        services.AddSingleton<INumberInfo>(NumberingPlan.Embedded);
        services.AddSingleton<IReadModels>(Store);
        services.AddSingleton<AuditSpool>();
        services.AddSingleton<IEventFeeds>(Journal);
        services.AddSingleton<IDirectory>(Store);
        services.AddSingleton<IRegistrationStore>(_registrations);
        services.AddSingleton(Bans);
        services.AddSingleton(_actors.Persistence.Quarantine);
        services.AddSingleton(new LiveCalls());
        services.AddSingleton(new AdmissionControl(new AdmissionOptions(1000, 100_000, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(7)), new LiveCalls(), () => Lag, Clock));
        services.AddSingleton(new CallIds(Clock));
        services.AddSingleton(new SchemeSimulator(
            new RoutingView(Platform, new TrunkRegistry(), new PhoneRegistry(), new LiveCalls(), NumberingPlan.Embedded), new DialPlanOptions(TimeSpan.FromSeconds(60), 5)));
        services.AddSingleton(new QuoteSeal(new byte[32], Platform, NumberingPlan.Embedded, Clock));
        services.AddSingleton(new AudioConverter(new ConversionLimits { MaxBytes = 1 << 20, MaxLength = TimeSpan.FromMinutes(1) }, null));
        services.AddSingleton<IBlobStore>(Blobs);
        services.AddSingleton<ISounds>(new Sounds(Blobs, new Dictionary<string, PlaySource>(), new Dictionary<string, PlaySource> { ["calm"] = new PlaySource.Tone(ToneKind.Beep) }));
        services.AddTeleCubeApi();
        var web = builder.Build();
        web.MapTeleCubeApi();
        return web;
    }
}
