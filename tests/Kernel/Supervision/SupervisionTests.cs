using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Supervision;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Kernel.Tests.Supervision;

/// <summary>One test for each row of what a supervisor can do, with real actors.</summary>
public sealed class SupervisionTests
{
    readonly TestProbe _probe = new();
    int _incarnations;

    [Fact]
    public async Task A_failure_is_published_with_its_path_and_message()
    {
        await using var system = new TestSystem();
        var failed = system.Hear<ActorFailed>();

        system.Spawn(Child, "child").Tell("crash");

        var happened = await failed.Expect<ActorFailed>();
        Assert.Equal(("/user/child", "crash", typeof(string)), (happened.Path, happened.Exception.Message, happened.MessageType));
        Assert.Equal(1, system.Actors.Metrics.Failures);
    }

    [Fact]
    public async Task A_restarted_actor_is_a_new_one_and_goes_on_with_the_next_message()
    {
        await using var system = new TestSystem();
        var child = system.Spawn(Child);

        child.Tell("crash");
        child.Tell("which");

        Assert.Equal("started 1", await _probe.Expect<string>());
        Assert.Equal("stopped 1", await _probe.Expect<string>());
        Assert.Equal("started 2", await _probe.Expect<string>());
        Assert.Equal("I am 2", await _probe.Expect<string>());
        Assert.Equal(1, system.Actors.Metrics.Restarts);
    }

    [Fact]
    public async Task A_repeated_restart_waits_for_its_back_off()
    {
        await using var system = new TestSystem();
        var child = system.Spawn(Child);
        child.Tell("crash");
        child.Tell("crash");
        child.Tell("which");
        while (await _probe.Expect<string>() != "stopped 2") { }
        await TestSystem.Until(() => system.Clock.Armed == 1);

        Assert.True(_probe.IsQuiet);
        system.Clock.Advance(BackOff.Default.Initial);

        Assert.Equal("started 3", await _probe.Expect<string>());
        Assert.Equal("I am 3", await _probe.Expect<string>());
    }

    [Fact]
    public async Task A_resumed_actor_is_the_same_and_goes_on_with_the_next_message()
    {
        await using var system = new TestSystem();
        var parent = system.Spawn(() => Parent(Directive.Resume));

        parent.Tell("crash");
        parent.Tell("which");

        Assert.Equal("started 1", await _probe.Expect<string>());
        Assert.Equal("I am 1", await _probe.Expect<string>());
    }

    [Fact]
    public async Task A_stopped_actor_ends_and_what_waited_is_a_dead_letter()
    {
        await using var system = new TestSystem();
        var dead = system.Hear<Kernel.Events.DeadLetter>();
        var parent = system.Spawn(() => Parent(Directive.Stop));

        parent.Tell("crash");
        parent.Tell("which");

        Assert.Equal("started 1", await _probe.Expect<string>());
        Assert.Equal("stopped 1", await _probe.Expect<string>());
        Assert.Equal("which", (await dead.Expect<Kernel.Events.DeadLetter>()).Message);
    }

    [Fact]
    public async Task An_escalated_failure_restarts_the_parent_and_its_children()
    {
        await using var system = new TestSystem();
        var failed = system.Hear<ActorFailed>();
        var parent = system.Spawn(() => Parent(Directive.Escalate), "parent");

        parent.Tell("crash");

        Assert.Equal("/user/parent/child", (await failed.Expect<ActorFailed>()).Path);
        var escalated = await failed.Expect<ActorFailed>();
        Assert.Equal(("/user/parent", null), (escalated.Path, escalated.MessageType));
        Assert.Equal("started 1", await _probe.Expect<string>());
        Assert.Equal("stopped 1", await _probe.Expect<string>());
        Assert.Equal("started 2", await _probe.Expect<string>());
    }

    [Fact]
    public async Task A_strategy_that_throws_escalates()
    {
        await using var system = new TestSystem();
        var failed = system.Hear<ActorFailed>();
        var strategy = new SupervisorStrategy(_ => throw new InvalidOperationException("undecided"));
        var parent = system.Spawn(() => Parent(strategy), "parent");

        parent.Tell("crash");

        Assert.Equal("crash", (await failed.Expect<ActorFailed>()).Exception.Message);
        Assert.Equal("undecided", (await failed.Expect<ActorFailed>()).Exception.Message);
        Assert.Equal("/user/parent", (await failed.Expect<ActorFailed>()).Path);
        while (await _probe.Expect<string>() != "started 2") { }
    }

    [Fact]
    public async Task An_actor_that_cannot_be_made_is_tried_again()
    {
        await using var system = new TestSystem();
        var made = 0;
        var actor = system.Spawn(() => ++made == 1
            ? throw new InvalidOperationException("not yet")
            : new Scripted((me, message) => me.Reply(message)));

        Assert.Equal("hello", await TestSystem.Ask<string>(actor, "hello"));
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task After_too_many_restarts_an_actor_is_stopped()
    {
        await using var system = new TestSystem();
        var strategy = SupervisorStrategy.Default with { MaxRestarts = 2, BackOff = new BackOff(TimeSpan.Zero, TimeSpan.Zero) };
        var parent = system.Spawn(() => Parent(strategy));

        for (var i = 0; i < 3; i++) parent.Tell("crash");

        while (await _probe.Expect<string>() != "stopped 3") { }
        await TestSystem.Until(() => system.Actors.Metrics.Actors == 2); // the guardian and the parent
    }

    [Fact]
    public async Task An_actor_that_fails_now_and_then_is_restarted_at_once_for_ever()
    {
        await using var system = new TestSystem();
        var parent = system.Spawn(() => Parent(SupervisorStrategy.Default with { MaxRestarts = 2 }));

        for (var i = 0; i < 20; i++)
        {
            parent.Tell("crash");
            parent.Tell("which");
            Assert.Equal($"I am {i + 2}", await Last("I am"));
        }
    }

    [Fact]
    public async Task A_failure_while_stopping_does_not_keep_it_from_stopping()
    {
        await using var system = new TestSystem();
        var actor = system.Spawn(() => new Scripted((_, _) => { }) { Stopped = _ => throw new InvalidOperationException("at the end") });

        ActorSystem.Stop(actor);

        await ActorSystem.WhenStopped(actor).WaitAsync(TestSystem.Patience);
        Assert.Equal(1, system.Actors.Metrics.Failures);
    }

    async Task<string> Last(string beginning)
    {
        while (true)
            if (await _probe.Expect<string>() is var line && line.StartsWith(beginning, StringComparison.Ordinal)) return line;
    }

    Scripted Child()
    {
        var number = Interlocked.Increment(ref _incarnations);
        return new Scripted((_, message) =>
        {
            if (message is "crash") throw new InvalidOperationException("crash");
            _probe.Tell($"I am {number}");
        })
        {
            Started = _ => _probe.Tell($"started {number}"),
            Stopped = _ => _probe.Tell($"stopped {number}"),
        };
    }

    Scripted Parent(Directive directive) => Parent(new SupervisorStrategy(_ => directive));

    Scripted Parent(SupervisorStrategy strategy)
    {
        ActorRef child = ActorRef.Nobody;
        return new Scripted((_, message) => child.Tell(message))
        {
            Supervising = strategy,
            Started = me => child = me.Context.Spawn(Props.Create(Child), "child"),
        };
    }
}
