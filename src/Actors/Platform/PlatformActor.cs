using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using static TeleCube.Actors.Platform.PlatformEvent;

namespace TeleCube.Actors.Platform;

/// <summary>Asks the platform's actor for its state.</summary>
public sealed record GetPlatform;

/// <summary>
/// What the operator has set up. <see cref="PlatformRules"/> decides; this shell hands tenants and trunks what concerns them until they
/// have it.
/// </summary>
public sealed class PlatformActor(PlatformRegistry registry, ShardRegion region)
    : PersistentActor<PlatformState, PlatformEvent>(EntityKinds.Platform.PersistenceId, PlatformState.Initial, PlatformRules.Apply)
{
    static readonly TimeSpan _redeliverAfter = TimeSpan.FromSeconds(5);

    sealed record DeliverAgain;

    protected override int SnapshotEvery => 100;

    protected override void Receive(object message)
    {
        switch (message)
        {
            case PlatformCommand command: Settle(PlatformRules.Decide(State, command)); break;
            case GetPlatform: Reply(State); break;
            case DeliverAgain: Deliver(); break;
            default: Unhandled(message); break;
        }
    }

    protected override void React(PlatformEvent happened)
    {
        registry.Publish(State);
        switch (happened)
        {
            case TenantSaved or NumberSaved: Deliver(); break;
            case TrunkSaved(var trunk): region.Tell(TrunkEntity.Of(trunk.Id), new TrunkMessage.Configure(State.Trunks[trunk.Id])); break;
            case TrunkDeleted(var id): region.Tell(TrunkEntity.Of(id), new TrunkMessage.Remove()); break;
        }
    }

    protected override void Resume()
    {
        registry.Publish(State);
        foreach (var trunk in State.Trunks.Values) region.Tell(TrunkEntity.Of(trunk.Id), new TrunkMessage.Configure(trunk));
        Deliver();
    }

    protected override IEnumerable<StoreWrite> Project(PlatformEvent happened, PlatformState after) =>
        after.Revision == 1 ? [new StoreWrite.Remember(EntityKinds.Platform)] : [];

    /// <summary>Says again all that no tenant has confirmed yet; what was heard twice does nothing there.</summary>
    void Deliver()
    {
        var owed = 0;
        foreach (var entry in State.Tenants.Values.Where(entry => !entry.Delivered)) Owe(entry.Profile.Id, new TenantCommand.Adopt(entry.Profile));
        foreach (var number in State.Numbers.Values)
        {
            if (number.Dropping is { } former) Owe(former, new TenantCommand.DropNumber(number.Number));
            if (number is { Tenant: { } holder, Delivered: false }) Owe(holder, new TenantCommand.AdoptNumber(number.Number, number.ReceiveOnly));
        }

        if (owed > 0) Timers.After("deliver again", _redeliverAfter, new DeliverAgain());
        else Timers.Cancel("deliver again");

        void Owe(TenantId tenant, TenantCommand command)
        {
            owed++;
            region.Tell(EntityKinds.Tenant(tenant), command, Self);
        }
    }
}
