using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Kernel.Tests.Timers;

public sealed class ActorTimersTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    readonly TestProbe _probe = new();

    [Fact]
    public async Task A_tick_is_a_message_when_its_time_has_come()
    {
        await using var system = new TestSystem();
        await Set(system, me => me.Timers.After("t", _second, "tick"));

        system.Clock.Advance(_second - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, system.Clock.Armed);
        system.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("tick", await _probe.Expect<string>());
        Assert.Equal(0, system.Clock.Armed);
    }

    [Fact]
    public async Task A_time_that_has_passed_ticks_at_once()
    {
        await using var system = new TestSystem();
        await Set(system, me => me.Timers.At("t", system.Clock.GetUtcNow() - _second, "late"));

        system.Clock.Advance(TimeSpan.Zero);

        Assert.Equal("late", await _probe.Expect<string>());
    }

    [Fact]
    public async Task A_cancelled_timer_never_ticks_even_if_it_was_due()
    {
        await using var system = new TestSystem();
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var actor = await Set(system, me => me.Timers.After("t", _second, "tick"));

        actor.Tell((Action<Scripted>)(me =>
        {
            entered.Set();
            gate.Wait(TestSystem.Patience);
            me.Timers.Cancel("t");
        }));
        Assert.True(entered.Wait(TestSystem.Patience));
        system.Clock.Advance(_second); // the tick is in the mailbox now
        gate.Set();
        await TestSystem.Ask<string>(actor, "done");

        Assert.True(_probe.IsQuiet);
    }

    [Fact]
    public async Task A_name_that_is_set_again_is_replaced()
    {
        await using var system = new TestSystem();
        await Set(system, me =>
        {
            me.Timers.After("t", _second, "first");
            me.Timers.After("t", 2 * _second, "second");
        });

        system.Clock.Advance(3 * _second);

        Assert.Equal("second", await _probe.Expect<string>());
        Assert.True(_probe.IsQuiet);
    }

    [Fact]
    public async Task Ticks_keep_the_order_in_which_they_were_due()
    {
        await using var system = new TestSystem();
        await Set(system, me =>
        {
            me.Timers.After("c", 3 * _second, "c");
            me.Timers.After("a", 1 * _second, "a");
            me.Timers.After("b", 2 * _second, "b");
        });

        system.Clock.Advance(5 * _second);

        foreach (var tick in new[] { "a", "b", "c" }) Assert.Equal(tick, await _probe.Expect<string>());
    }

    [Fact]
    public async Task A_timer_may_be_due_in_a_year()
    {
        await using var system = new TestSystem();
        await Set(system, me => me.Timers.After("t", TimeSpan.FromDays(365), "tick"));

        system.Clock.Advance(TimeSpan.FromDays(364));
        Assert.Equal(1, system.Clock.Armed);
        Assert.True(_probe.IsQuiet);
        system.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal("tick", await _probe.Expect<string>());
    }

    [Fact]
    public async Task The_timers_of_an_actor_end_with_it()
    {
        await using var system = new TestSystem();
        var actor = await Set(system, me => me.Timers.After("t", _second, "tick"));

        ActorSystem.Stop(actor);
        await ActorSystem.WhenStopped(actor).WaitAsync(TestSystem.Patience);

        Assert.Equal(0, system.Clock.Armed);
    }

    async Task<ActorRef> Set(TestSystem system, Action<Scripted> set)
    {
        var actor = system.Spawn(() => new Scripted((me, message) =>
        {
            switch (message)
            {
                case Action<Scripted> act: act(me); break;
                case "done": me.Reply("done"); break;
                default: _probe.Tell(message); break;
            }
        }));
        actor.Tell(set);
        await TestSystem.Ask<string>(actor, "done");
        return actor;
    }
}
