using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Events;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Kernel.Tests.Mailbox;

public sealed class MailboxTests
{
    [Fact]
    public async Task A_full_mailbox_refuses_and_counts()
    {
        await using var system = new TestSystem(mailboxCapacity: 3);
        var dead = system.Hear<DeadLetter>();
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var probe = new TestProbe();
        var actor = system.Spawn(() => new Scripted((_, message) =>
        {
            entered.Set();
            gate.Wait(TestSystem.Patience);
            probe.Tell(message);
        }));

        actor.Tell(0);
        Assert.True(entered.Wait(TestSystem.Patience)); // 0 is in hand, the mailbox empty
        var taken = Enumerable.Range(1, 5).Select(number => actor.TryTell(number)).ToList();
        var asked = actor.Ask<int>("?", TimeSpan.FromSeconds(1));
        gate.Set();

        Assert.Equal([true, true, true, false, false], taken);
        Assert.Equal("overloaded", (await Assert.ThrowsAsync<RejectedException>(() => asked)).Rejection.Code);
        for (var number = 0; number <= 3; number++) Assert.Equal(number, await probe.Expect<int>());
        Assert.Equal(3, system.Actors.Metrics.DeadLetters);
        Assert.Equal("overloaded", (await dead.Expect<DeadLetter>()).Reason);
    }

    [Fact]
    public async Task System_messages_come_before_what_waits()
    {
        await using var system = new TestSystem();
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var handled = 0;
        var actor = system.Spawn(() => new Scripted((_, _) =>
        {
            handled++;
            entered.Set();
            gate.Wait(TestSystem.Patience);
        }));

        for (var i = 0; i < 10; i++) actor.Tell(i);
        Assert.True(entered.Wait(TestSystem.Patience));
        ActorSystem.Stop(actor);
        gate.Set();
        await ActorSystem.WhenStopped(actor).WaitAsync(TestSystem.Patience);

        Assert.Equal(1, handled);
        Assert.Equal(9, system.Actors.Metrics.DeadLetters);
    }

    [Fact]
    public async Task A_busy_actor_gives_the_others_their_turn()
    {
        await using var system = new TestSystem(slice: 8);
        var flooding = true;
        var busy = Enumerable.Range(0, Environment.ProcessorCount * 2).Select(_ => system.Spawn(() => new Scripted((me, message) =>
        {
            if (Volatile.Read(ref flooding)) me.Context.Self.Tell(message);
        }))).ToList();
        foreach (var actor in busy) actor.Tell("again");

        var echo = system.Spawn(() => new Scripted((me, message) => me.Reply(message)));
        for (var i = 0; i < 100; i++) Assert.Equal(i, await TestSystem.Ask<int>(echo, i));

        Volatile.Write(ref flooding, false);
    }

    [Fact]
    public async Task Telling_allocates_nothing()
    {
        await using var system = new TestSystem(mailboxCapacity: 10_000);
        using var gate = new ManualResetEventSlim();
        var first = true;
        var actor = system.Spawn(() => new Scripted((_, _) => { if (first) gate.Wait(TestSystem.Patience); first = false; }));
        for (var i = 0; i < 5_000; i++) actor.Tell("grow"); // the ring grows with the most that ever waited
        gate.Set();
        await TestSystem.Ask<object>(system.Spawn(() => new Scripted((me, message) => me.Reply(message))), "warm");
        await TestSystem.Until(() => system.Actors.Metrics.Messages >= 5_000);

        const int Tells = 5_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Tells; i++) actor.Tell("tell");

        // The queue of those who wait for a thread grows with the most that ever waited; anything made per message is 24 bytes each.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Tells);
    }
}
