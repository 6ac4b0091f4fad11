using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Supervision;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;
using static TeleCube.Kernel.Tests.Given.CounterCommand;
using static TeleCube.Kernel.Tests.Given.CounterHouse;

namespace TeleCube.Kernel.Tests.Persistence;

public sealed class RecoveryTests
{
    readonly TestProbe _log = new();

    CounterHooks Logging => new() { Log = line => _log.Tell(line) };

    [Fact]
    public async Task Replay_is_silent_and_then_resume_runs()
    {
        await using var before = new TestSystem();
        await TestSystem.Ask<Accepted>(before.SpawnCounter(), new Add(2, 3));
        await using var after = new TestSystem(memory: before.Memory);

        var counter = after.SpawnCounter(Logging);

        Assert.Equal(5, (await StateOf(counter)).Total);
        Assert.Equal("resume at 5/2", await _log.Expect<string>());
        Assert.True(_log.IsQuiet);
    }

    [Fact]
    public async Task A_crash_in_receive_restarts_from_the_journal_and_spares_what_waits()
    {
        await using var system = new TestSystem();
        var failed = system.Hear<ActorFailed>();
        var counter = system.SpawnCounter();

        counter.Tell(new Add(2), _log);
        counter.Tell(new Crash(), _log);
        counter.Tell(new Add(3), _log);
        counter.Tell(new Get(), _log);

        await _log.Expect<Accepted>();
        await _log.Expect<Accepted>();
        Assert.Equal(5, (await _log.Expect<CounterState>()).Total);
        Assert.Equal(typeof(Crash), (await failed.Expect<ActorFailed>()).MessageType);
        Assert.Equal(1, system.Actors.Metrics.Restarts);
    }

    [Fact]
    public async Task A_crash_in_react_keeps_the_event_and_resume_is_asked_again()
    {
        await using var system = new TestSystem();
        var crashes = 1;
        var counter = system.SpawnCounter(new CounterHooks
        {
            Log = line => _log.Tell(line),
            React = _ => { if (crashes-- > 0) throw new InvalidOperationException("effect"); },
        });

        await TestSystem.Ask<Accepted>(counter, new Add(2)); // it is durable, whatever the effect came to

        Assert.Equal(2, (await StateOf(counter)).Total);
        Assert.Equal("resume at 0/0", await _log.Expect<string>());
        Assert.Equal("react Added { Amount = 2 } at 2/1", await _log.Expect<string>());
        Assert.Equal("resume at 2/1", await _log.Expect<string>());
    }

    [Fact]
    public async Task While_the_journal_is_away_commands_are_refused_and_recovery_is_tried_again()
    {
        await using var system = new TestSystem();
        system.Journal.Away = true;
        var counter = system.SpawnCounter(Logging);

        Assert.Equal("storage-unavailable", (await TestSystem.Ask<Rejection>(counter, new Add(1))).Code);
        system.Journal.Away = false;
        system.Clock.Advance(BackOff.Default.Limit);

        Assert.Equal("resume at 0/0", await _log.Expect<string>());
        await TestSystem.Ask<Accepted>(counter, new Add(1));
    }

    [Fact]
    public async Task A_snapshot_spares_the_events_before_it()
    {
        var memory = new MemoryJournal();
        await using var before = new TestSystem(memory: memory);
        var hooks = new CounterHooks { SnapshotEvery = 3 };
        var counter = before.SpawnCounter(hooks);
        for (var i = 1; i <= 7; i++) await TestSystem.Ask<Accepted>(counter, new Add(i));

        Assert.Equal(6, (await memory.LoadSnapshot(One.PersistenceId))!.SequenceNr);
        await using var after = new TestSystem(memory: memory);
        Assert.Equal(28, (await StateOf(after.SpawnCounter(hooks))).Total);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_read_is_replaced_by_the_events()
    {
        await using var system = new TestSystem();
        await system.Memory.Append(new Append(One.PersistenceId, One.Shard, 1, [Event(1, "counter.added", "{\"Amount\":4}")], []));
        await system.Memory.SaveSnapshot(One.PersistenceId, new StoredSnapshot(1, "counter.state", 9, "{}"u8.ToArray()));

        Assert.Equal(4, (await StateOf(system.SpawnCounter())).Total);
    }

    [Theory]
    [InlineData("counter.unknown", "{}", "event 1: counter.unknown/1 is not known")]
    [InlineData("counter.added", "{\"Amount\":", "event 1: counter.added/1 is not valid")]
    [InlineData("counter.added", "{\"Amount\":666}", "event 1 (counter.added/1) cannot be applied: poison")]
    [InlineData("counter.added", "null", "event 1: counter.added/1 is null")]
    public async Task What_cannot_be_recovered_is_quarantined_with_its_reason(string type, string json, string reason)
    {
        await using var system = new TestSystem();
        var published = system.Hear<QuarantinedActor>();
        await system.Memory.Append(new Append(One.PersistenceId, One.Shard, 1, [Event(1, type, json)], []));

        var rejection = await TestSystem.Ask<Rejection>(system.SpawnCounter(Logging), new Add(1));

        Assert.Equal("quarantined", rejection.Code);
        Assert.StartsWith(reason, rejection.Detail, StringComparison.Ordinal);
        Assert.Equal(One.PersistenceId, Assert.Single(system.Persistence.Quarantine.List).PersistenceId);
        Assert.Equal(One.PersistenceId, (await published.Expect<QuarantinedActor>()).PersistenceId);
        Assert.True(_log.IsQuiet); // it never resumed
        await TestSystem.Ask<Accepted>(system.SpawnCounter(id: One with { Id = "two" }), new Add(1)); // nobody else notices
    }

    [Fact]
    public async Task A_gap_in_the_journal_is_quarantined()
    {
        await using var system = new TestSystem(memory: new MemoryJournal());
        await system.Memory.SaveSnapshot(One.PersistenceId, new StoredSnapshot(3, "counter.state", 9, "{}"u8.ToArray()));
        await system.Memory.Append(new Append(One.PersistenceId, One.Shard, 1, [Event(1, "counter.added", "{\"Amount\":4}")], []));
        var journal = new SkippingJournal(system.Memory);
        var persistence = new PersistenceContext(journal, CounterJson.Registry(), system.Ownership);
        await using var broken = new ActorSystem(
            new ActorSystemOptions { Persistence = persistence }, system.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ActorSystem>.Instance);

        var counter = broken.Spawn(Props.Create(() => new CounterActor(One, new CounterHooks())));

        Assert.Equal("event 1 is missing", (await TestSystem.Ask<Rejection>(counter, new Get())).Detail);
    }

    [Fact]
    public async Task A_released_actor_recovers_anew()
    {
        await using var system = new TestSystem();
        var crashing = true;
        system.Region.Register("other", id => Props.Create(() => new CounterActor(id, new CounterHooks
        {
            Resume = () => { if (crashing) throw new InvalidOperationException("cannot resume"); },
        })));
        var id = One with { Kind = "other" };
        system.Region.Tell(id, new Add(1), _log);
        await TestSystem.Until(() => system.Persistence.Quarantine.Count > 0, () => system.Clock.Advance(TimeSpan.FromMilliseconds(100)));

        Assert.Equal("quarantined", (await _log.Expect<Rejection>()).Code);
        Assert.Equal("keeps failing: cannot resume", Assert.Single(system.Persistence.Quarantine.List).Reason);
        crashing = false;
        Assert.True(system.Persistence.Quarantine.Release(id.PersistenceId));
        system.Region.Tell(id, new Get(), _log);

        Assert.Equal(0, (await _log.Expect<CounterState>()).Total);
    }

    static NewEvent Event(long sequenceNr, string type, string json) =>
        new(Guid.NewGuid(), sequenceNr, type, 1, System.Text.Encoding.UTF8.GetBytes(json), DateTimeOffset.UnixEpoch);

    /// <summary>A journal that has lost its first event.</summary>
    sealed class SkippingJournal(MemoryJournal behind) : IJournal
    {
        public Task<AppendOutcome> Append(Append append) => behind.Append(append);

        public async IAsyncEnumerable<StoredEvent> Read(
            string persistenceId, long fromSequenceNr, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop = default)
        {
            await foreach (var stored in behind.Read(persistenceId, fromSequenceNr, stop)) yield return stored with { SequenceNr = stored.SequenceNr + 1 };
        }

        public Task<StoredSnapshot?> LoadSnapshot(string persistenceId, CancellationToken stop = default) => Task.FromResult<StoredSnapshot?>(null);

        public Task SaveSnapshot(string persistenceId, StoredSnapshot snapshot, CancellationToken stop = default) => Task.CompletedTask;
    }
}
