using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.ParkingPlaces;

/// <summary>
/// Gives out the parking places of one company, one at a time, so that none is given twice. It keeps nothing that could be lost: which places are taken is
/// what the company's calls say of themselves (<see cref="LiveCalls"/>), all of which run on this node and are taken up before the wire is served; a place
/// that was given to a call which is not there yet is remembered for as long as that may take.
/// </summary>
public sealed class ParkingActor(TenantId tenant, ITenants tenants, LiveCalls live, TimeProvider clock) : Actor
{
    /// <summary>A call that has not come by then has given up (it waits 10 s).</summary>
    static readonly TimeSpan _given = TimeSpan.FromSeconds(30);

    readonly Dictionary<string, (CallId Call, DateTimeOffset At)> _promised = [];

    protected override void Receive(object message)
    {
        if (message is ParkingMessage.Take(var call)) Reply(Give(call));
        else Unhandled(message);
    }

    CallCommand Give(CallId call)
    {
        if (tenants.Find(tenant) is not { } company) return new CallCommand.SlotRefused("the company is not there");
        var now = clock.GetUtcNow();
        foreach (var (slot, (to, at)) in _promised.ToList())
            if (now - at > _given || !live.Has(to.Entity(tenant))) _promised.Remove(slot);

        if (_promised.FirstOrDefault(promise => promise.Value.Call == call) is { Key: { } again }) return new CallCommand.SlotGiven(again);
        var taken = live.Of(tenant).Select(other => other.Parking?.Slot).OfType<string>().Concat(_promised.Keys).ToHashSet(StringComparer.Ordinal);
        if (company.Settings.ParkSlots.All().FirstOrDefault(slot => !taken.Contains(slot) && !IsOthers(company, slot)) is not { } free)
            return new CallCommand.SlotRefused("every parking place is taken");
        _promised[free] = (call, now);
        return new CallCommand.SlotGiven(free);
    }

    /// <summary>An extension, queue or ring group that is older than the range.</summary>
    static bool IsOthers(TenantState company, string slot) => ExtensionNumber.TryParse(slot, out var number) && company.Has(number);
}
