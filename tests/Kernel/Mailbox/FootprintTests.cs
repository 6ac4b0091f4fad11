using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;
using TeleCube.Kernel.Tests.Given;
using TeleCube.Tests.Support;

namespace TeleCube.Kernel.Tests.Mailbox;

[Collection(nameof(Alone))]
public sealed class FootprintTests
{
    [Fact]
    public async Task An_idle_actor_costs_at_most_1500_bytes()
    {
        const int Actors = 2_000;
        await using var system = new TestSystem();
        await SpawnAndTouch(system, 100); // what is made once is not counted
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var actors = await SpawnAndTouch(system, Actors);

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Actors;
        GC.KeepAlive(actors);
        Assert.InRange(each, 1, 1500);
    }

    [Fact]
    public async Task An_idle_persistent_entity_costs_at_most_2500_bytes()
    {
        const int Entities = 2_000;
        await using var system = new TestSystem();
        system.Region.Register("counter", id => Props.Create(() => new CounterActor(id, _noHooks)));
        await StartEntities(system, "warm", 100);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await StartEntities(system, "measured", Entities);

        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Entities, 1, 2500);
    }

    static readonly CounterHooks _noHooks = new();

    static async Task StartEntities(TestSystem system, string tenant, int count)
    {
        var probe = new TestProbe();
        for (var i = 0; i < count; i++)
        {
            system.Region.Tell(new EntityId("counter", new TenantId(tenant), $"{i}"), new CounterCommand.Get(), probe);
            await probe.Expect<CounterState>();
        }
    }

    static async Task<List<ActorRef>> SpawnAndTouch(TestSystem system, int count)
    {
        var probe = new TestProbe();
        var actors = Enumerable.Range(0, count).Select(_ => system.Spawn(() => new Idle())).ToList();
        foreach (var actor in actors)
        {
            actor.Tell("hello", probe);
            await probe.Expect<string>();
        }
        return actors;
    }

    sealed class Idle : Actor
    {
        protected override void Receive(object message) => Reply(message);
    }
}
