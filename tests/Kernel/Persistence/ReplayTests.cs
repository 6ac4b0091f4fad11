using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;
using static TeleCube.Kernel.Tests.Given.CounterHouse;

namespace TeleCube.Kernel.Tests.Persistence;

/// <summary>Any accepted history, folded from its events, equals the state that lived; so does a snapshot with its tail.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_replayed_history_equals_the_live_state(int seed)
    {
        var random = new Random(seed);
        var memory = new MemoryJournal();
        await using var live = new TestSystem(memory: memory);
        var counter = live.SpawnCounter(new CounterHooks { SnapshotEvery = 7 });
        var probe = new TestProbe();
        for (var i = 0; i < 300; i++)
        {
            if (random.Next(10) == 0)
                live.Journal.RefuseNext(new AppendOutcome(random.Next(2) == 0 ? AppendStatus.Unavailable : AppendStatus.Taken));
            counter.Tell(AnyCommand(random), probe);
            await probe.Expect<object>();
        }
        var lived = await StateOf(counter);

        await using var withSnapshot = new TestSystem(memory: memory);
        var fromSnapshot = await StateOf(withSnapshot.SpawnCounter());
        var folded = CounterJson.Registry() is var registry
            ? memory.EventsOf(One.PersistenceId).Aggregate(new CounterState(), (state, stored) =>
                Counter.Apply(state, (CounterEvent)registry.Decode(stored.Type, stored.Version, stored.Payload.Span)))
            : null;

        Assert.NotNull(await memory.LoadSnapshot(One.PersistenceId));
        Assert.True(lived == fromSnapshot && lived == folded, $"seed {seed}: lived {lived}, snapshot {fromSnapshot}, folded {folded}");
    }

    static CounterCommand AnyCommand(Random random) => random.Next(12) switch
    {
        0 => new CounterCommand.Add(-1),
        1 => new CounterCommand.Add(),
        2 => new CounterCommand.Name($"name {random.Next(3)}"),
        3 => new CounterCommand.AddAndTell(random.Next(5)),
        < 8 => new CounterCommand.Add(random.Next(10)),
        _ => new CounterCommand.Add([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(10))]),
    };
}
