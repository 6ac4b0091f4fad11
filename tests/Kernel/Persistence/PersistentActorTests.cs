using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Kernel.Supervision;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;
using static TeleCube.Kernel.Tests.Given.CounterCommand;
using static TeleCube.Kernel.Tests.Given.CounterHouse;

namespace TeleCube.Kernel.Tests.Persistence;

public sealed class PersistentActorTests
{
    readonly TestProbe _log = new();

    CounterHooks Logging => new() { Log = line => _log.Tell(line) };

    [Fact]
    public async Task A_command_is_accepted_when_its_events_are_in_the_journal_and_applied()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter();

        await TestSystem.Ask<Accepted>(counter, new Add(2, 3));

        Assert.Equal(5, (await StateOf(counter)).Total);
        var events = system.Memory.EventsOf(One.PersistenceId);
        Assert.Equal([(1, "counter.added", 1), (2, "counter.added", 1)], events.Select(one => (one.SequenceNr, one.Type, one.Version)));
        Assert.Equal("{\"Amount\":2}", System.Text.Encoding.UTF8.GetString(events[0].Payload.Span));
    }

    [Fact]
    public async Task A_rejection_is_answered_and_nothing_is_written()
    {
        await using var system = new TestSystem();

        Assert.Equal("negative", (await TestSystem.Ask<Rejection>(system.SpawnCounter(), new Add(-1))).Code);

        Assert.Empty(system.Memory.EventsOf(One.PersistenceId));
    }

    [Fact]
    public async Task A_decision_for_nothing_is_accepted_and_nothing_is_written()
    {
        await using var system = new TestSystem();

        await TestSystem.Ask<Accepted>(system.SpawnCounter(), new Add());

        Assert.Empty(system.Memory.EventsOf(One.PersistenceId));
    }

    [Fact]
    public async Task What_is_recorded_with_a_command_is_committed_with_its_events()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter();

        await TestSystem.Ask<Accepted>(counter, new Recorded(new Add(1), [Row("add")]));
        await TestSystem.Ask<Accepted>(counter, new Add(2)); // the rows of one command are not those of the next

        Assert.Equal(3, (await StateOf(counter)).Total);
        Assert.Equal(new TenantId("add"), await system.Memory.Find("asked", "add"));
    }

    [Fact]
    public async Task What_is_recorded_with_a_command_that_changes_nothing_is_not_written()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter();

        await TestSystem.Ask<Accepted>(counter, new Recorded(new Add(), [Row("nothing")]));
        await TestSystem.Ask<Rejection>(counter, new Recorded(new Add(-1), [Row("refused")]));
        await TestSystem.Ask<Accepted>(counter, new Add(1));

        Assert.Null(await system.Memory.Find("asked", "nothing"));
        Assert.Null(await system.Memory.Find("asked", "refused"));
    }

    [Fact]
    public async Task What_is_recorded_is_not_written_again_with_what_follows()
    {
        await using var system = new TestSystem();
        system.Journal.Holding = true;
        var counter = system.SpawnCounter(new CounterHooks { FollowUp = amount => amount == 1 ? new CounterEvent.Added(2) : null });

        counter.Tell(new Recorded(new Add(1), [Row("once")]), _log);
        var first = await system.Journal.NextHeld();
        Assert.Contains(Row("once"), first.Append.Writes);
        await first.Commit();
        var second = await system.Journal.NextHeld();
        Assert.DoesNotContain(Row("once"), second.Append.Writes);
        await second.Commit();
    }

    static StoreWrite.Claim Row(string key) => new("asked", key, new TenantId(key));

    [Fact]
    public async Task All_events_are_applied_before_the_first_reaction_and_the_answer_comes_last()
    {
        await using var system = new TestSystem();

        system.SpawnCounter(Logging).Tell(new Add(2, 3), _log);

        Assert.Equal("resume at 0/0", await _log.Expect<string>());
        Assert.Equal("react Added { Amount = 2 } at 5/2", await _log.Expect<string>());
        Assert.Equal("react Added { Amount = 3 } at 5/2", await _log.Expect<string>());
        await _log.Expect<Accepted>();
    }

    [Fact]
    public async Task Nothing_happens_before_the_journal_has_it()
    {
        await using var system = new TestSystem();
        system.Journal.Holding = true;

        system.SpawnCounter(Logging).Tell(new Add(2), _log);
        var held = await system.Journal.NextHeld();
        Assert.Equal("resume at 0/0", await _log.Expect<string>());
        Assert.True(_log.IsQuiet);
        await held.Commit();

        Assert.Equal("react Added { Amount = 2 } at 2/1", await _log.Expect<string>());
        await _log.Expect<Accepted>();
    }

    [Fact]
    public async Task Messages_wait_in_their_order_while_an_append_is_in_flight()
    {
        await using var system = new TestSystem();
        system.Journal.Holding = true;
        var counter = system.SpawnCounter();
        counter.Tell(new Add(1), _log);
        var first = await system.Journal.NextHeld();

        counter.Tell(new Get(), _log);
        counter.Tell(new Add(2), _log);
        counter.Tell(new Get(), _log);
        Assert.True(_log.IsQuiet);
        await first.Commit();
        await (await system.Journal.NextHeld()).Commit();

        await _log.Expect<Accepted>();
        Assert.Equal(1, (await _log.Expect<CounterState>()).Total);
        await _log.Expect<Accepted>();
        Assert.Equal(3, (await _log.Expect<CounterState>()).Total);
    }

    [Fact]
    public async Task A_tick_that_comes_while_an_append_is_in_flight_waits_and_is_not_lost()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter(new CounterHooks { TickAfter = TimeSpan.FromSeconds(1) });
        await StateOf(counter);
        system.Journal.Holding = true;
        counter.Tell(new Add(10), _log);
        var held = await system.Journal.NextHeld();

        system.Clock.Advance(TimeSpan.FromSeconds(1)); // the tick adds 1
        system.Journal.Holding = false;
        await held.Commit();
        await _log.Expect<Accepted>();

        Assert.Equal(11, (await StateOf(counter)).Total);
    }

    [Fact]
    public async Task What_the_actor_replies_is_told_instead_of_accepted_once_it_is_durable()
    {
        await using var system = new TestSystem();
        system.Journal.Holding = true;

        system.SpawnCounter().Tell(new AddAndTell(1), _log);
        var held = await system.Journal.NextHeld();
        Assert.True(_log.IsQuiet);
        await held.Commit();

        Assert.Equal("told", await _log.Expect<string>());
        Assert.True(_log.IsQuiet);
    }

    [Fact]
    public async Task A_reaction_may_settle_what_follows()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter(new CounterHooks { FollowUp = amount => amount == 1 ? new CounterEvent.Added(100) : null });

        counter.Tell(new Add(1), _log);

        await _log.Expect<Accepted>();
        Assert.Equal(101, (await StateOf(counter)).Total);
        Assert.True(_log.IsQuiet); // what followed answers nobody
    }

    [Fact]
    public async Task Settling_twice_in_one_turn_is_a_defect_and_writes_nothing()
    {
        await using var system = new TestSystem();
        var failed = system.Hear<ActorFailed>();
        var counter = system.Spawn(() => new SettlesTwice());

        counter.Tell("go");

        Assert.Contains("settled twice", (await failed.Expect<ActorFailed>()).Exception.Message, StringComparison.Ordinal);
        Assert.Empty(system.Memory.EventsOf("counter/acme/twice"));
    }

    [Fact]
    public async Task An_event_that_cannot_be_applied_is_never_written()
    {
        await using var system = new TestSystem();
        var failed = system.Hear<ActorFailed>();
        var counter = system.SpawnCounter();

        counter.Tell(new Add(Counter.Poison));

        Assert.Equal("poison", (await failed.Expect<ActorFailed>()).Exception.Message);
        Assert.Empty(system.Memory.EventsOf(One.PersistenceId));
        await TestSystem.Ask<Accepted>(counter, new Add(1));
    }

    [Fact]
    public async Task What_is_projected_is_committed_with_the_events()
    {
        await using var system = new TestSystem();

        await TestSystem.Ask<Accepted>(system.SpawnCounter(), new Name("sales"));

        Assert.Equal(One.Tenant, await system.Memory.Find("name", "sales"));
    }

    [Fact]
    public async Task Event_ids_are_derived_and_differ_by_attempt()
    {
        await using var system = new TestSystem();
        system.Journal.Holding = true;
        system.SpawnCounter().Tell(new Add(1, 2), _log);
        var first = await system.Journal.NextHeld();
        first.Refuse(AppendStatus.Unavailable);
        await _log.Expect<Rejection>();
        var again = system.SpawnCounter();

        Assert.Equal(2, first.Append.Events.Select(one => one.EventId).Distinct().Count());
        Assert.NotEqual(ActorRef.Nobody, again);
    }

    [Fact]
    public async Task Disposing_the_system_waits_for_the_append_in_flight_and_its_effects()
    {
        var system = new TestSystem();
        system.Journal.Holding = true;
        system.SpawnCounter(Logging).Tell(new Add(1), _log);
        var held = await system.Journal.NextHeld();

        var disposing = system.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        await held.Commit();
        await disposing.WaitAsync(TestSystem.Patience);

        Assert.Equal("resume at 0/0", await _log.Expect<string>());
        Assert.Equal("react Added { Amount = 1 } at 1/1", await _log.Expect<string>());
        await _log.Expect<Accepted>();
    }

    sealed class SettlesTwice() : PersistentActor<CounterState, CounterEvent>("counter/acme/twice", new CounterState(), Counter.Apply)
    {
        protected override void Receive(object message)
        {
            Settle(new CounterEvent.Added(1));
            Settle(new CounterEvent.Added(2));
        }
    }
}
