using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Kernel.Supervision;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;
using static TeleCube.Kernel.Tests.Given.CounterCommand;
using static TeleCube.Kernel.Tests.Given.CounterHouse;

namespace TeleCube.Kernel.Tests.Persistence;

/// <summary>One test for each outcome of an append that is not committed.</summary>
public sealed class AppendFailureTests
{
    readonly TestProbe _log = new();

    CounterHooks Logging => new() { Log = line => _log.Tell(line) };

    [Fact]
    public async Task Unavailable_refuses_the_command_and_the_actor_goes_on()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter(Logging);
        await TestSystem.Ask<Accepted>(counter, new Add(1));
        system.Journal.RefuseNext(new AppendOutcome(AppendStatus.Unavailable, "disk full"));

        Assert.Equal(new Rejection("storage-unavailable", "disk full"), await TestSystem.Ask<Rejection>(counter, new Add(10, 20)));

        Assert.Equal("lost 2: Unavailable", await _log.ExpectLast());
        Assert.Equal(1, (await StateOf(counter)).Total);
        await TestSystem.Ask<Accepted>(counter, new Add(5));
        Assert.Equal(6, (await StateOf(counter)).Total);
    }

    [Fact]
    public async Task Faulty_refuses_the_command_for_good_and_the_actor_goes_on()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter(Logging);
        system.Journal.RefuseNext(new AppendOutcome(AppendStatus.Faulty, "22021: invalid byte sequence"));

        Assert.Equal(new Rejection("not-storable", "22021: invalid byte sequence"), await TestSystem.Ask<Rejection>(counter, new Add(10)));

        Assert.Equal("lost 1: Faulty", await _log.ExpectLast());
        await TestSystem.Ask<Accepted>(counter, new Add(5));
        Assert.Equal(5, (await StateOf(counter)).Total);
    }

    [Fact]
    public async Task Taken_refuses_the_command_with_the_key()
    {
        await using var system = new TestSystem();
        var other = new EntityId(Kind, new TenantId("other"), "x");
        await TestSystem.Ask<Accepted>(system.SpawnCounter(id: other), new Name("sales"));
        var counter = system.SpawnCounter(Logging);

        Assert.Equal(new Rejection("taken", "name/sales"), await TestSystem.Ask<Rejection>(counter, new Name("sales")));

        Assert.Equal("lost 1: Taken", await _log.ExpectLast());
        Assert.Null((await StateOf(counter)).Name);
        Assert.Empty(system.Memory.EventsOf(One.PersistenceId));
    }

    [Fact]
    public async Task Fenced_stops_the_actor_which_does_nothing_more()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter(Logging);
        await TestSystem.Ask<Accepted>(counter, new Add(1));
        system.Memory.TakeOver(One.Shard);

        Assert.Equal("not-mine", (await TestSystem.Ask<Rejection>(counter, new Add(2))).Code);

        Assert.Equal("lost 1: Fenced", await _log.ExpectLast());
        await ActorSystem.WhenStopped(counter).WaitAsync(TestSystem.Patience);
        Assert.Single(system.Memory.EventsOf(One.PersistenceId));
    }

    [Fact]
    public async Task A_sequence_conflict_restarts_the_actor_from_its_journal()
    {
        await using var system = new TestSystem();
        var failed = system.Hear<ActorFailed>();
        var counter = system.SpawnCounter(Logging);
        await TestSystem.Ask<Accepted>(counter, new Add(1));
        var twin = system.SpawnCounter(); // a second writer, which should not be
        await TestSystem.Ask<Accepted>(twin, new Add(10));

        Assert.Equal("journal-conflict", (await TestSystem.Ask<Rejection>(counter, new Add(2))).Code);

        Assert.IsType<SequenceConflictException>((await failed.Expect<ActorFailed>()).Exception);
        Assert.Equal(11, (await StateOf(counter)).Total);
    }

    [Fact]
    public async Task An_actor_whose_shard_is_not_owned_does_not_live()
    {
        await using var system = new TestSystem();
        system.Ownership.Revoke(One.Shard);

        await ActorSystem.WhenStopped(system.SpawnCounter(Logging)).WaitAsync(TestSystem.Patience);

        Assert.True(_log.IsQuiet);
    }

    [Fact]
    public async Task An_old_incarnation_keeps_its_epoch_when_the_shard_comes_back()
    {
        await using var system = new TestSystem();
        var counter = system.SpawnCounter();
        await TestSystem.Ask<Accepted>(counter, new Add(1));
        system.Memory.TakeOver(One.Shard);
        system.Ownership.Grant(One.Shard, system.Memory.TakeOver(One.Shard)); // lost and got again: others may have written in between

        Assert.Equal("not-mine", (await TestSystem.Ask<Rejection>(counter, new Add(2))).Code);
    }
}

static class ProbeExtensions
{
    /// <summary>The last of the lines that were told.</summary>
    public static async Task<string> ExpectLast(this TestProbe probe)
    {
        var line = await probe.Expect<string>();
        while (!probe.IsQuiet) line = await probe.Expect<string>();
        return line;
    }
}
