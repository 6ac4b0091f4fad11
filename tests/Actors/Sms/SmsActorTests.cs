using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Sms;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Sms;

/// <summary>An SMS goes out once, is tried a bounded number of times, and is not forgotten by a restart.</summary>
public sealed class SmsActorTests : ISmsGateway, IAsyncDisposable
{
    static readonly TenantId _tenant = new("firmaabcde");
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    static readonly EntityId _id = SmsEntity.Of(_tenant, "call-boss");
    static readonly OutgoingSms _sms = new("call-boss", "firmaabcde", "+48501222333", "Dzwoni: +48600100200") { Call = "call", Price = new Price(0.15m, 0.0345m) };

    readonly ManualClock _clock = new();
    readonly MemoryJournal _journal = new([SmsLog.Model]);
    readonly Channel<SmsMessage> _sent = Channel.CreateUnbounded<SmsMessage>();
    readonly Queue<SmsOutcome> _outcomes = [];
    ActorSystem _system = null!;
    ShardRegion _region = null!;

    public SmsActorTests() => Start();

    [Fact]
    public async Task It_is_sent_once_however_often_it_is_asked_for()
    {
        await Told(new SmsCommand.Send(_sms));
        Assert.Equal(new SmsMessage("call-boss", "+48501222333", "Dzwoni: +48600100200"), await Sent());
        await Is(SmsStatus.Sent);
        _region.Tell(_id, new SmsCommand.TryAgain());
        await Told(new SmsCommand.Send(_sms));
        Assert.Equal(0, _sent.Reader.Count);
    }

    [Fact]
    public async Task What_the_gateway_cannot_take_now_is_tried_again_and_later_each_time()
    {
        Answer(new SmsOutcome.Unreached("HTTP 503"), new SmsOutcome.Unreached("HTTP 503"), new SmsOutcome.Taken("r-1"));
        await Told(new SmsCommand.Send(_sms));
        var first = await Sent();
        foreach (var pause in new[] { 5, 10 })
        {
            await Due(TimeSpan.FromSeconds(pause));
            Assert.Equal(first, await Sent()); // under the same id
        }

        var state = await Is(SmsStatus.Sent);
        Assert.Equal(("r-1", 2), (state.Reference, state.Attempts));
    }

    [Fact]
    public async Task A_gateway_that_never_takes_it_is_given_up()
    {
        for (var i = 0; i < 3; i++) Answer(new SmsOutcome.Unreached("HTTP 503"));
        await Told(new SmsCommand.Send(_sms));
        await Sent();
        foreach (var pause in new[] { 5, 10 })
        {
            await Due(TimeSpan.FromSeconds(pause));
            await Sent();
        }

        Assert.Equal("HTTP 503; given up after 3 tries", (await Is(SmsStatus.Failed)).Reason);
    }

    [Fact]
    public async Task A_refusal_is_not_asked_twice()
    {
        Answer(new SmsOutcome.Refused("HTTP 401"));
        await Told(new SmsCommand.Send(_sms));
        await Sent();
        Assert.Equal("HTTP 401", (await Is(SmsStatus.Failed)).Reason);
    }

    [Fact]
    public async Task Without_a_gateway_the_log_says_so()
    {
        Assert.IsType<SmsOutcome.Refused>(await new NoSmsGateway().Send(new("a", "b", "c"), default));
    }

    [Fact]
    public async Task What_waits_is_sent_after_a_restart_and_what_is_done_is_not()
    {
        Answer(new SmsOutcome.Unreached("HTTP 503"));
        await Told(new SmsCommand.Send(_sms));
        var first = await Sent();
        await Row(sms => sms.Attempts == 1);
        Assert.Contains(_id, await Remembered());

        await _system.DisposeAsync();
        Start();
        _region.Tell(_id, new SmsCommand.Wake());
        await Due(TimeSpan.FromSeconds(5));
        Assert.Equal(first, await Sent());
        await Is(SmsStatus.Sent);
        Assert.Empty(await Remembered());
    }

    [Fact]
    public void Every_event_is_read_back_as_it_was()
    {
        var registry = new EventRegistry().AddSmsEvents();
        SmsEvent[] all =
        [
            new SmsEvent.Queued(_sms, _clock.GetUtcNow()), new SmsEvent.Postponed(1, "HTTP 503", _clock.GetUtcNow(), _clock.GetUtcNow()),
            new SmsEvent.Sent("r", _clock.GetUtcNow()), new SmsEvent.Failed("no", _clock.GetUtcNow()),
        ];
        Assert.Empty(typeof(SmsEvent).GetNestedTypes().Except(all.Select(one => one.GetType())));
        foreach (var one in all)
        {
            var (type, version, payload) = registry.Encode(one);
            Assert.Equal(one, registry.Decode(type, version, payload));
        }
    }

    void Start()
    {
        var ownership = new SoleOwnership();
        _system = new ActorSystem(
            new ActorSystemOptions { Persistence = new PersistenceContext(_journal, new EventRegistry().AddSmsEvents(), ownership) }, _clock, NullLogger<ActorSystem>.Instance);
        _region = new ShardRegion(_system, ownership, _journal);
        var services = new SmsServices(this, new SmsOptions(3, TimeSpan.FromSeconds(5)), _clock, NullLogger<SmsActor>.Instance);
        _region.Register(SmsEntity.Kind, id => Props.Create(() => new SmsActor(id, services)));
    }

    void Answer(params SmsOutcome[] outcomes)
    {
        lock (_outcomes) foreach (var outcome in outcomes) _outcomes.Enqueue(outcome);
    }

    async Task Told(SmsCommand command) => await _region.Ask<Accepted>(_id, command, Timeout.InfiniteTimeSpan).WaitAsync(_patience);

    async Task<SmsMessage> Sent() => await _sent.Reader.ReadAsync().AsTask().WaitAsync(_patience);

    /// <summary>Waits until a timer is armed for then, and lets the time come.</summary>
    async Task Due(TimeSpan after)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        var due = _clock.GetUtcNow() + after;
        while (_clock.FirstDue is not { } first || first > due) await ticks.WaitForNextTickAsync(over.Token);
        _clock.Advance(after);
    }

    Task<SmsState> Is(SmsStatus status) => Row(sms => sms.Status == status);

    async Task<SmsState> Row(Func<SmsState, bool> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        while (true)
        {
            if (await ((IReadModels)_journal).Get(SmsLog.Model.Name, _tenant, "call-boss", over.Token) is { } row && SmsLog.Read(row.Json) is { } sms && holds(sms)) return sms;
            await ticks.WaitForNextTickAsync(over.Token);
        }
    }

    async Task<IReadOnlyList<EntityId>> Remembered()
    {
        var all = new List<EntityId>();
        await foreach (var entity in ((IDirectory)_journal).Remembered(_id.Shard, default)) all.Add(entity);
        return all;
    }

    Task<SmsOutcome> ISmsGateway.Send(SmsMessage message, CancellationToken stop)
    {
        _sent.Writer.TryWrite(message);
        lock (_outcomes) return Task.FromResult(_outcomes.TryDequeue(out var outcome) ? outcome : new SmsOutcome.Taken(null));
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();
}
