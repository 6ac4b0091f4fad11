using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Kernel.Tests.Given;

/// <summary>An actor system on a manual clock and a scripted memory journal, with the counter's events and a region.</summary>
sealed class TestSystem : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public TestSystem(int mailboxCapacity = 4096, int slice = 64, MemoryJournal? memory = null, EventRegistry? registry = null)
    {
        Memory = memory ?? new MemoryJournal();
        Journal = new ScriptedJournal(Memory);
        Persistence = new PersistenceContext(Journal, registry ?? CounterJson.Registry(), Ownership);
        Actors = new ActorSystem(
            new ActorSystemOptions { MailboxCapacity = mailboxCapacity, Slice = slice, Persistence = Persistence },
            Clock, NullLogger<ActorSystem>.Instance);
        Region = new ShardRegion(Actors, Ownership, Memory);
    }

    public ManualClock Clock { get; } = new();

    public MemoryJournal Memory { get; }

    public ScriptedJournal Journal { get; }

    public ManualOwnership Ownership { get; } = new();

    public PersistenceContext Persistence { get; }

    public ActorSystem Actors { get; }

    public ShardRegion Region { get; }

    public ActorRef Spawn(Func<Actor> actor, string? name = null) => Actors.Spawn(Props.Create(actor), name);

    /// <summary>Asks on the real clock, so that a test that hangs fails.</summary>
    public static async Task<T> Ask<T>(ActorRef actor, object message)
    {
        var probe = new TestProbe();
        actor.Tell(message, probe);
        return await probe.Expect<T>();
    }

    public TestProbe Watch(ActorRef actor)
    {
        var probe = new TestProbe();
        Spawn(() => new Watcher(actor, probe));
        return probe;
    }

    public TestProbe Hear<T>()
    {
        var probe = new TestProbe();
        Actors.EventStream.Subscribe<T>(probe);
        return probe;
    }

    /// <summary>Yields, and does <paramref name="step"/>, until it is so.</summary>
    public static async Task Until(Func<bool> condition, Action? step = null)
    {
        using var guard = new CancellationTokenSource(Patience);
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            step?.Invoke();
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync() => Actors.DisposeAsync();

    sealed class Watcher(ActorRef watched, TestProbe probe) : Actor
    {
        protected override void PreStart() => Context.Watch(watched);

        protected override void Receive(object message) => probe.Tell(message);
    }
}
