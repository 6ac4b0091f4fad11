using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Events;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Kernel.Tests.Events;

public sealed class EventStreamTests
{
    readonly EventStream _stream = new();
    readonly TestProbe _probe = new();

    [Fact]
    public async Task A_subscriber_hears_its_type_and_what_derives_from_it()
    {
        _stream.Subscribe<IComparable>(_probe);

        _stream.Publish(new object());
        _stream.Publish(7);
        _stream.Publish("text");

        Assert.Equal(7, await _probe.Expect<int>());
        Assert.Equal("text", await _probe.Expect<string>());
        Assert.True(_probe.IsQuiet);
    }

    [Fact]
    public void A_disposed_subscription_hears_nothing()
    {
        _stream.Subscribe<string>(_probe).Dispose();

        _stream.Publish("text");

        Assert.True(_probe.IsQuiet);
    }

    [Fact]
    public async Task A_stopped_subscriber_is_forgotten()
    {
        await using var system = new TestSystem();
        var actor = system.Spawn(() => new Scripted((_, _) => { }));
        system.Actors.EventStream.Subscribe<string>(actor);

        ActorSystem.Stop(actor);
        await ActorSystem.WhenStopped(actor).WaitAsync(TestSystem.Patience);
        system.Actors.EventStream.Publish("text");

        Assert.Equal(0, system.Actors.Metrics.DeadLetters);
    }

    [Fact]
    public async Task A_dead_letter_that_nobody_takes_is_not_published_again()
    {
        await using var system = new TestSystem(mailboxCapacity: 1);
        using var gate = new ManualResetEventSlim();
        var subscriber = system.Spawn(() => new Scripted((_, _) => gate.Wait(TestSystem.Patience)));
        system.Actors.EventStream.Subscribe<DeadLetter>(subscriber);

        for (var i = 0; i < 10; i++) subscriber.Tell("fill"); // each refusal publishes to the one that refuses
        gate.Set();

        Assert.InRange(system.Actors.Metrics.DeadLetters, 1, 20);
    }
}
