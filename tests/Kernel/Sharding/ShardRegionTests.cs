using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Kernel.Supervision;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;
using static TeleCube.Kernel.Tests.Given.CounterCommand;
using static TeleCube.Kernel.Tests.Given.CounterHouse;

namespace TeleCube.Kernel.Tests.Sharding;

public sealed class ShardRegionTests
{
    static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    readonly TestProbe _log = new();

    CounterHooks Logging => new() { Log = line => _log.Tell(line) };

    [Fact]
    public async Task An_entity_starts_with_its_first_message()
    {
        await using var system = new TestSystem();
        system.RegisterCounters();
        Assert.Equal(0, system.Region.Count);

        await system.Region.Ask<Accepted>(One, new Add(3), _minute);

        Assert.Equal(3, (await system.Region.Ask<CounterState>(One, new Get(), _minute)).Total);
        Assert.Equal(1, system.Region.Count);
    }

    [Fact]
    public async Task What_has_no_past_begins_while_the_journal_is_away()
    {
        await using var system = new TestSystem();
        system.RegisterCounters(Logging);
        system.Journal.Away = true;

        var refused = new TestProbe();
        Assert.True(system.Region.TryBegin(One, new Add(3), refused));
        Assert.Equal("storage-unavailable", (await refused.Expect<Rejection>()).Code);
        Assert.Equal("lost 1: Unavailable", await _log.Expect<string>()); // it did begin, and tried to write
        system.Journal.Away = false;
        system.Region.Tell(One, new Add(4), refused);
        await refused.Expect<Accepted>();

        Assert.Equal(4, (await StateOf(system.Entity(One))).Total);
    }

    [Fact]
    public async Task What_began_without_a_past_has_one_after_a_failure()
    {
        await using var system = new TestSystem();
        system.RegisterCounters();
        system.Region.TryBegin(One, new Add(3));
        Assert.Equal(3, (await StateOf(system.Entity(One))).Total);

        var failed = system.Hear<ActorFailed>();
        system.Journal.RefuseNext(new AppendOutcome(AppendStatus.SequenceConflict));
        system.Region.Tell(One, new Add(1));
        await failed.Expect<ActorFailed>();

        Assert.Equal(3, (await StateOf(system.Entity(One))).Total);
    }

    [Fact]
    public async Task Many_first_messages_at_once_start_one_entity()
    {
        await using var system = new TestSystem();
        system.RegisterCounters(Logging);

        Parallel.For(0, 64, _ => system.Region.Tell(One, new Add(1)));
        var state = await StateOf(system.Entity(One));

        Assert.Equal(64, state.Total);
        Assert.Equal(1, system.Region.Count);
    }

    [Fact]
    public async Task A_kind_that_is_not_registered_is_a_defect()
    {
        await using var system = new TestSystem();

        Assert.Throws<InvalidOperationException>(() => system.Region.Tell(One, new Get()));
        system.RegisterCounters();
        Assert.Throws<InvalidOperationException>(() => system.RegisterCounters());
    }

    [Fact]
    public async Task A_shard_that_is_not_owned_is_refused()
    {
        await using var system = new TestSystem();
        system.RegisterCounters(Logging);
        system.Ownership.Revoke(One.Shard);

        Assert.Equal("not-mine", (await TestSystem.Ask<Rejection>(system.Entity(One), new Get())).Code);

        Assert.Equal(0, system.Region.Count);
        Assert.False(system.Region.TryTell(One, new Get()));
    }

    [Fact]
    public async Task An_entity_does_not_outlive_the_ownership_under_which_it_started()
    {
        await using var system = new TestSystem();
        system.RegisterCounters(Logging);
        await system.Region.Ask<Accepted>(One, new Add(1), _minute);

        system.Ownership.Grant(One.Shard, system.Memory.TakeOver(One.Shard)); // lost and got again
        await system.Region.Ask<Accepted>(One, new Add(2), _minute);

        Assert.Equal(3, (await StateOf(system.Entity(One))).Total);
        Assert.Equal("resume at 0/0", await _log.Expect<string>());
        Assert.Equal("react Added { Amount = 1 } at 1/1", await _log.Expect<string>());
        Assert.Equal("resume at 1/1", await _log.Expect<string>());
    }

    [Fact]
    public async Task Remembered_entities_are_started_and_resume()
    {
        var memory = new MemoryJournal();
        await using var before = new TestSystem(memory: memory);
        before.RegisterCounters();
        await before.Region.Ask<Accepted>(One, new Add(5), _minute);
        await using var after = new TestSystem(memory: memory);
        after.RegisterCounters(Logging);

        Assert.Equal(1, await after.Region.StartRemembered(One.Shard));
        Assert.Equal(0, await after.Region.StartRemembered((One.Shard + 1) % Shards.Count));

        Assert.Equal("resume at 5/1", await _log.Expect<string>());
    }

    [Fact]
    public async Task A_stopped_shard_waits_for_its_appends()
    {
        await using var system = new TestSystem();
        system.RegisterCounters();
        await system.Region.Ask<Accepted>(One, new Add(1), _minute);
        system.Journal.Holding = true;
        system.Region.Tell(One, new Add(2), _log);
        var held = await system.Journal.NextHeld();

        system.Ownership.Revoke(One.Shard);
        var stopping = system.Region.StopShard(One.Shard);
        Assert.False(stopping.IsCompleted);
        await held.Commit();
        await stopping.WaitAsync(TestSystem.Patience);

        await _log.Expect<Accepted>();
        Assert.Equal(0, system.Region.Count);
    }

    [Fact]
    public async Task What_waits_when_a_shard_is_lost_is_refused_as_not_mine()
    {
        await using var system = new TestSystem();
        system.RegisterCounters();
        system.Journal.Holding = true;
        system.Region.Tell(One, new Add(1));
        var held = await system.Journal.NextHeld();
        system.Region.Tell(One, new Get(), _log);

        system.Ownership.Revoke(One.Shard);
        held.Refuse(AppendStatus.Fenced);

        Assert.Equal("not-mine", (await _log.Expect<Rejection>()).Code);
    }

    [Fact]
    public async Task An_idle_entity_is_put_to_sleep_and_comes_back_with_the_next_message()
    {
        await using var system = new TestSystem();
        system.RegisterCounters(Logging, passivateAfter: _minute);
        await system.Region.Ask<Accepted>(One, new Add(4), _minute);

        await TestSystem.Until(() => system.Region.Count == 0, () => system.Clock.Advance(_minute / 4));

        Assert.Equal(4, (await StateOf(system.Entity(One))).Total);
        Assert.Equal(1, system.Region.Count);
    }

    [Fact]
    public async Task An_entity_with_a_timer_has_something_to_live_for()
    {
        await using var system = new TestSystem();
        system.RegisterCounters(new CounterHooks { TickAfter = TimeSpan.FromDays(365) }, passivateAfter: _minute);
        system.Region.Register("idle", id => Props.Create(() => new CounterActor(id, new CounterHooks())), _minute);
        await system.Region.Ask<Accepted>(One, new Add(4), _minute);
        await system.Region.Ask<Accepted>(One with { Kind = "idle" }, new Add(4), _minute);

        await TestSystem.Until(() => system.Region.Count == 1, () => system.Clock.Advance(_minute / 4));
        system.Clock.Advance(3 * _minute);

        Assert.Equal(4, (await StateOf(system.Entity(One))).Total);
    }

    [Fact]
    public async Task Passivation_loses_no_message_and_keeps_their_order()
    {
        const int Senders = 4, Rounds = 20, Each = 100;
        await using var system = new TestSystem(mailboxCapacity: Senders * Each * 2);
        var received = new int[Senders];
        var disorder = 0;
        var incarnations = 0;
        system.Region.Register("sleepy", _ => Props.Create(() => new Scripted((me, message) =>
        {
            var (sender, number) = ((int, int))message;
            if (received[sender]++ != number) disorder++;
            if (number % 7 == 0 || number % Each == Each - 1) me.Passivate();
        })
        {
            Started = _ => incarnations++,
        }));
        var id = One with { Kind = "sleepy" };

        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
            {
                for (var number = round * Each; number < (round + 1) * Each; number++)
                {
                    Assert.True(system.Region.TryTell(id, (sender, number)));
                    if (number % 5 == sender) await Task.Yield();
                }
            })));
            await TestSystem.Until(() => system.Region.Count == 0); // all are handled, and it sleeps
        }

        Assert.All(received, count => Assert.Equal(Rounds * Each, count));
        Assert.Equal((0, 0L), (disorder, system.Actors.Metrics.DeadLetters));
        Assert.InRange(incarnations, Rounds, Senders * Rounds * Each);
    }

    [Fact]
    public async Task Persistent_entities_that_sleep_all_the_time_lose_no_message()
    {
        const int Senders = 4, Rounds = 500;
        await using var system = new TestSystem(mailboxCapacity: Senders * Rounds * 2);
        system.RegisterCounters();

        var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                system.Region.Tell(One, new GoToSleep());
                await system.Region.Ask<Accepted>(One, new Add(1), TimeSpan.FromHours(1)).WaitAsync(TestSystem.Patience);
            }
        }));
        await Task.WhenAll(senders);

        Assert.Equal(Senders * Rounds, (await StateOf(system.Entity(One))).Total);
    }

    [Fact]
    public async Task An_ended_region_refuses_instead_of_throwing()
    {
        var system = new TestSystem();
        system.RegisterCounters();
        await system.Region.Ask<Accepted>(One, new Add(1), _minute);
        await system.DisposeAsync();

        Assert.Equal("stopped", (await Assert.ThrowsAsync<RejectedException>(
            () => system.Region.Ask<CounterState>(One, new Get(), _minute))).Rejection.Code);
        Assert.Equal(0, system.Region.Count);
    }
}
