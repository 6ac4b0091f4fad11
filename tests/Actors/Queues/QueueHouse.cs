using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>
/// A real call distributor over a journal that can go away, beside calls that only keep what they are told; the clock is moved by hand. Ends and begins again
/// over the same store as a process does.
/// </summary>
sealed class QueueHouse : IRoutingView, IAsyncDisposable
{
    public static readonly TenantId Tenant = new("firmaabcde");
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    static readonly EntityId _id = DistributorEntity.Of(Tenant);

    readonly TenantRegistry _tenants = new();
    readonly ConcurrentDictionary<string, Channel<CallCommand>> _told = new(StringComparer.Ordinal);
    ActorSystem _system = null!;
    ShardRegion _region = null!;

    public QueueHouse()
    {
        Memory = new MemoryJournal();
        Journal = new ScriptedJournal(Memory);
        Set(queue => queue);
        Start();
    }

    public MemoryJournal Memory { get; }

    public ScriptedJournal Journal { get; }

    public ManualClock Clock { get; } = new();

    public QueueBoard Board { get; } = new();

    /// <summary>Extensions whose phones are not registered.</summary>
    public ConcurrentDictionary<string, bool> Away { get; } = [];

    public INumberInfo Numbers => NumberingPlan.Embedded;

    /// <summary>Queue 1000 of consultants 10 and 11, changed; without saying so to anybody.</summary>
    public TenantState Set(Func<Queue, Queue?> change)
    {
        var queue = change(new Queue(QueueTable.Sales) { Consultants = [.. QueueTable.Ids("10", "11").Select(id => new LinkedConsultant(id))] });
        var tenant = new TenantState
        {
            Id = Tenant,
            Status = TenantStatus.Active,
            LoginPrefix = "firmaabcde",
            Extensions = ImmutableSortedDictionary.CreateRange(new[] { "10", "11", "15" }.Select(text => ExtensionNumber.Parse(text)).Select(number => KeyValuePair.Create(number, new Extension(number)))),
            Queues = queue is null ? ImmutableSortedDictionary<ExtensionNumber, Queue>.Empty : ImmutableSortedDictionary<ExtensionNumber, Queue>.Empty.Add(queue.Number, queue),
        };
        _tenants.Publish(tenant);
        return tenant;
    }

    public void Publish(object happened) => _system.EventStream.Publish(happened);

    public void Tell(DistributorCommand command) => _region.Tell(_id, command);

    public Task<object> Ask(DistributorCommand command) => _region.Ask<object>(_id, command, Timeout.InfiniteTimeSpan).WaitAsync(_patience);

    public void Wake() => _region.Tell(_id, new WakeQueues());

    /// <summary>Said by a call, and durable.</summary>
    public async Task Says(DistributorCommand command)
    {
        Tell(command);
        Assert.IsType<Accepted>(await Ask(new DistributorCommand.Look()));
    }

    public Task Joins(string call) => Says(Join(call));

    /// <summary>A moment after whoever came before.</summary>
    public DistributorCommand.Join Join(string call)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        return new DistributorCommand.Join(QueueTable.Ticket(call), QueueTable.Sales, "+48600100200", null, null, Clock.GetUtcNow());
    }

    /// <summary>The next thing that this call is told.</summary>
    public async Task<T> Told<T>(string call) where T : class
    {
        var command = await TellingOf(call).Reader.ReadAsync().AsTask().WaitAsync(_patience);
        return command is T other ? other : Assert.IsType<T>(Assert.IsType<CallCommand.QueueSays>(command).Notice);
    }

    public bool IsQuiet(string call) => TellingOf(call).Reader.Count == 0;

    /// <summary>Waits until the published state is so.</summary>
    public async Task<DistributorState> Until(Func<DistributorState, bool> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        while (true)
        {
            if (Board.Find(Tenant) is { } state && holds(state)) return state;
            await ticks.WaitForNextTickAsync(over.Token);
        }
    }

    /// <summary>Waits until a timer is armed for then, and lets the time come.</summary>
    public async Task Due(TimeSpan after)
    {
        await Armed(after);
        Clock.Advance(after);
    }

    public async Task Armed(TimeSpan after)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        var due = Clock.GetUtcNow() + after;
        while (Clock.FirstDue is not { } first || first > due) await ticks.WaitForNextTickAsync(over.Token);
    }

    public async Task<IReadOnlyList<FeedEvent>> News() => await Memory.ReadFeed(Tenant, 0, 1000);

    public async Task<bool> IsRemembered()
    {
        await foreach (var entity in ((IDirectory)Memory).Remembered(_id.Shard, default))
            if (entity == _id) return true;
        return false;
    }

    public async Task Restart()
    {
        await _system.DisposeAsync();
        foreach (var one in _told.Values)
            while (one.Reader.TryRead(out _)) { }
        Start();
        Wake();
    }

    bool IRoutingView.IsReachable(TenantId tenant, ExtensionNumber extension) => !Away.ContainsKey(extension.Value);

    int IRoutingView.CallsOf(TenantId tenant, ExtensionNumber extension, string exceptCall) => 0;

    bool IRoutingView.IsTalking(E164 number) => false;

    ImmutableArray<string> IRoutingView.TrunksFor(DialledNumber number, string call) => ["carrier"];

    TenantId? IRoutingView.OwnerOf(E164 number) => null;

    bool IRoutingView.IsReceiveOnly(E164 number) => false;

    Tariff? IRoutingView.TariffOf(TenantState tenant) =>
        new(new TariffId("t"), "t", 1) { Rows = [new TariffRow(TariffKey.Prefix("48"), "Polska", 0.05m), new TariffRow(TariffKey.Prefix("49"), "Niemcy", 0.05m)] };

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    void Start()
    {
        var ownership = new SoleOwnership(1);
        var persistence = new PersistenceContext(Journal, new EventRegistry().AddQueueEvents(), ownership);
        _system = new ActorSystem(new ActorSystemOptions { Persistence = persistence }, Clock, NullLogger<ActorSystem>.Instance);
        _region = new ShardRegion(_system, ownership, Memory);
        var plan = new DialPlan(this, new DialPlanOptions(TimeSpan.FromSeconds(30), 5));
        var services = new DistributorServices(_tenants, plan, this, Board, _region, Clock, NullLogger<CallDistributor>.Instance);
        _region.Register(DistributorEntity.Kind, id => Props.Create(() => new CallDistributor(id, services)));
        _region.Register(CallId.Kind, id => Props.Create(() => new Listening(TellingOf(id.Id).Writer)));
    }

    Channel<CallCommand> TellingOf(string call) => _told.GetOrAdd(call, _ => Channel.CreateUnbounded<CallCommand>());

    sealed class Listening(ChannelWriter<CallCommand> told) : Actor
    {
        protected override void Receive(object message)
        {
            if (message is CallCommand command) told.TryWrite(command);
        }
    }
}
