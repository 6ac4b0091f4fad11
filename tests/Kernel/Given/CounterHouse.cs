using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Tests.Given;

/// <summary>Where the counters of these tests live.</summary>
static class CounterHouse
{
    public const string Kind = "counter";

    public static readonly EntityId One = new(Kind, new TenantId("acme"), "one");

    /// <summary>A counter outside a region.</summary>
    public static ActorRef SpawnCounter(this TestSystem system, CounterHooks? hooks = null, EntityId? id = null) =>
        system.Spawn(() => new CounterActor(id ?? One, hooks ?? new CounterHooks()));

    public static Task<CounterState> StateOf(ActorRef counter) => TestSystem.Ask<CounterState>(counter, new CounterCommand.Get());

    public static void RegisterCounters(this TestSystem system, CounterHooks? hooks = null, TimeSpan? passivateAfter = null) =>
        system.Region.Register(Kind, id => Props.Create(() => new CounterActor(id, hooks ?? new CounterHooks())), passivateAfter);

    public static ActorRef Entity(this TestSystem system, EntityId id) => system.Region.RefOf(id);
}
