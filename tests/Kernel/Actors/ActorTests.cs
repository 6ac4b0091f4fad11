using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Events;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Kernel.Tests.Actors;

public sealed class ActorTests
{
    [Fact]
    public async Task A_told_message_is_handled_and_answered_to_its_sender()
    {
        await using var system = new TestSystem();
        var echo = system.Spawn(() => new Scripted((me, message) => me.Reply(message)), "echo");

        Assert.Equal("hello", await TestSystem.Ask<string>(echo, "hello"));
        Assert.Equal("/user/echo", echo.Path);
    }

    [Fact]
    public async Task The_messages_of_each_sender_keep_their_order()
    {
        const int Senders = 4, Each = 5_000;
        await using var system = new TestSystem(mailboxCapacity: Senders * Each);
        var seen = new int[Senders];
        var disorder = 0;
        var handled = new TaskCompletionSource();
        var total = 0;
        var actor = system.Spawn(() => new Scripted((_, message) =>
        {
            var (sender, number) = ((int, int))message;
            if (seen[sender]++ != number) disorder++;
            if (++total == Senders * Each) handled.SetResult();
        }));

        Parallel.For(0, Senders, sender =>
        {
            for (var i = 0; i < Each; i++) actor.Tell((sender, i));
        });

        await handled.Task.WaitAsync(TestSystem.Patience);
        Assert.Equal(0, disorder);
    }

    [Fact]
    public async Task An_actor_has_no_context_in_its_constructor()
    {
        await using var system = new TestSystem();
        var failed = system.Hear<Kernel.Supervision.ActorFailed>();

        system.Spawn(() => new TooEarly());

        Assert.IsType<InvalidOperationException>((await failed.Expect<Kernel.Supervision.ActorFailed>()).Exception);
    }

    [Fact]
    public async Task A_watched_actor_that_stops_is_told_of_once()
    {
        await using var system = new TestSystem();
        var actor = system.Spawn(() => new Scripted((_, _) => { }));
        var watcher = system.Watch(actor);

        ActorSystem.Stop(actor);

        Assert.Same(actor, (await watcher.Expect<Terminated>()).Actor);
        Assert.Same(actor, (await system.Watch(actor).Expect<Terminated>()).Actor); // also when it has stopped long ago
        Assert.True(watcher.IsQuiet);
    }

    [Fact]
    public async Task Stopping_an_actor_stops_its_children_first()
    {
        await using var system = new TestSystem();
        var order = new TestProbe();
        var parent = system.Spawn(() => new Scripted((_, _) => { })
        {
            Started = me => me.Context.Spawn(Props.Create(() => new Scripted((_, _) => { }) { Stopped = _ => order.Tell("child stopped") }), "child"),
        }, "parent");

        ActorSystem.Stop(parent);
        await ActorSystem.WhenStopped(parent).WaitAsync(TestSystem.Patience);

        Assert.Equal("child stopped", await order.Expect<string>());
    }

    [Fact]
    public async Task A_message_to_a_stopped_actor_is_a_dead_letter()
    {
        await using var system = new TestSystem();
        var dead = system.Hear<DeadLetter>();
        var actor = system.Spawn(() => new Scripted((_, _) => { }), "gone");
        ActorSystem.Stop(actor);
        await ActorSystem.WhenStopped(actor).WaitAsync(TestSystem.Patience);

        Assert.False(actor.TryTell("too late"));

        var letter = await dead.Expect<DeadLetter>();
        Assert.Equal(("too late", "/user/gone", "stopped"), (letter.Message, letter.Recipient, letter.Reason));
        Assert.Equal(1, system.Actors.Metrics.DeadLetters);
    }

    [Fact]
    public async Task A_name_is_used_once_among_siblings()
    {
        await using var system = new TestSystem();
        system.Spawn(() => new Scripted((_, _) => { }), "one");

        Assert.Throws<InvalidOperationException>(() => system.Spawn(() => new Scripted((_, _) => { }), "one"));
    }

    [Fact]
    public async Task A_stashed_message_is_handled_before_newer_ones()
    {
        await using var system = new TestSystem();
        var probe = new TestProbe();
        var actor = system.Spawn(() => new Scripted((me, message) =>
        {
            if (message is not "connected") { me.Stash(); return; }
            me.Become(later => probe.Tell(later));
            me.UnstashAll();
        }));

        foreach (var message in new[] { "a", "b", "connected", "c" }) actor.Tell(message);

        Assert.Equal("a", await probe.Expect<string>());
        Assert.Equal("b", await probe.Expect<string>());
        Assert.Equal("c", await probe.Expect<string>());
    }

    [Fact]
    public async Task An_unknown_message_is_published_and_an_unasked_answer_is_not()
    {
        await using var system = new TestSystem();
        var unhandled = system.Hear<UnhandledMessage>();
        var actor = system.Spawn(() => new Scripted((me, message) => me.Unhandled(message)));

        actor.Tell(Accepted.Instance);
        actor.Tell("what?");

        Assert.Equal("what?", (await unhandled.Expect<UnhandledMessage>()).Message);
    }

    [Fact]
    public async Task Disposing_the_system_stops_everything()
    {
        var system = new TestSystem();
        var actors = Enumerable.Range(0, 100).Select(_ => system.Spawn(() => new Scripted((_, _) => { }))).ToList();

        await system.DisposeAsync();

        Assert.All(actors, actor => Assert.True(ActorSystem.WhenStopped(actor).IsCompleted));
        Assert.Equal(0, system.Actors.Metrics.Actors);
        Assert.Throws<InvalidOperationException>(() => system.Spawn(() => new Scripted((_, _) => { })));
    }

    sealed class TooEarly : Actor
    {
        public TooEarly() => Context.Spawn(Props.Create(() => new TooEarly()));

        protected override void Receive(object message) { }
    }
}
