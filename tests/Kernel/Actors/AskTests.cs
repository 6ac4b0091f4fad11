using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Tests.Given;

namespace TeleCube.Kernel.Tests.Actors;

public sealed class AskTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_first_answer_is_the_answer()
    {
        await using var system = new TestSystem();
        var actor = system.Spawn(() => new Scripted((me, _) => { me.Reply(1); me.Reply(2); }));

        Assert.Equal(1, await actor.Ask<int>("?", _second).WaitAsync(TestSystem.Patience));
        Assert.Equal(0, system.Clock.Armed); // no timer is left behind
    }

    [Fact]
    public async Task No_answer_in_time_is_a_timeout_that_says_who_and_what()
    {
        await using var system = new TestSystem();
        var asked = system.Spawn(() => new Scripted((_, _) => { }), "silent").Ask<int>("?", _second);

        system.Clock.Advance(_second - TimeSpan.FromMilliseconds(1));
        Assert.False(asked.IsCompleted);
        system.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => asked);
        Assert.Equal("/user/silent did not answer String within 00:00:01", timeout.Message);
    }

    [Fact]
    public async Task A_rejection_is_thrown_unless_it_was_asked_for()
    {
        await using var system = new TestSystem();
        var actor = system.Spawn(() => new Scripted((me, _) => me.Reply(new Rejection("busy"))));

        Assert.Equal("busy", (await Assert.ThrowsAsync<RejectedException>(() => actor.Ask<int>("?", _second))).Rejection.Code);
        Assert.Equal(new Rejection("busy"), await actor.Ask<object>("?", _second));
    }

    [Fact]
    public async Task An_answer_of_another_type_is_a_defect()
    {
        await using var system = new TestSystem();
        var actor = system.Spawn(() => new Scripted((me, _) => me.Reply("text")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => actor.Ask<int>("?", _second));
    }

    [Fact]
    public async Task Asking_what_has_stopped_fails_at_once()
    {
        await using var system = new TestSystem();
        var actor = system.Spawn(() => new Scripted((_, _) => { }));
        ActorSystem.Stop(actor);
        await ActorSystem.WhenStopped(actor);

        Assert.Equal("stopped", (await Assert.ThrowsAsync<RejectedException>(() => actor.Ask<int>("?", _second))).Rejection.Code);
    }

    [Fact]
    public async Task Asking_what_throws_fails_at_once()
    {
        await using var system = new TestSystem();
        var actor = system.Spawn(() => new Scripted((_, _) => throw new InvalidOperationException("crash")));

        Assert.Equal("actor-failed", (await Assert.ThrowsAsync<RejectedException>(() => actor.Ask<int>("?", _second))).Rejection.Code);
    }

    [Fact]
    public async Task A_cancelled_question_is_cancelled()
    {
        await using var system = new TestSystem();
        using var stop = new CancellationTokenSource();
        var asked = system.Spawn(() => new Scripted((_, _) => { })).Ask<int>("?", _second, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => asked);
        Assert.Equal(0, system.Clock.Armed);
    }
}
