using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>A leg for which somebody else may be taken up: a phone that rings, or a party that is parked.</summary>
public readonly record struct WaitingLeg(CallId Call, int Leg)
{
    /// <summary>Of the calls that ring at one of these extensions, the one that began first.</summary>
    public static WaitingLeg? Ringing(LiveCalls live, TenantId tenant, IReadOnlySet<ExtensionNumber> extensions)
    {
        ArgumentNullException.ThrowIfNull(live);
        return live.Of(tenant)
            .Select(call => (Call: call, Leg: call.Legs.FirstOrDefault(leg => Rings(call, leg, extensions))))
            .Where(found => found.Leg is not null)
            .OrderBy(found => found.Call.StartedAt).ThenBy(found => found.Call.Id.Value, StringComparer.Ordinal)
            .Select(found => (WaitingLeg?)new WaitingLeg(found.Call.Id, found.Leg!.Number))
            .FirstOrDefault();
    }

    public static WaitingLeg? Parked(LiveCalls live, TenantId tenant, string slot)
    {
        ArgumentNullException.ThrowIfNull(live);
        return live.Of(tenant).Where(call => call.Parking?.Slot == slot)
            .Select(call => (WaitingLeg?)new WaitingLeg(call.Id, call.Parking!.Leg)).FirstOrDefault();
    }

    static bool Rings(CallState call, Leg leg, IReadOnlySet<ExtensionNumber> extensions) =>
        leg is { Phase: LegPhase.Inviting or LegPhase.Ringing, Party: Party.Phone(var number) }
        && Joining.RingsFor(call, leg.Number) is not null
        && ExtensionNumber.TryParse(number, out var extension) && extensions.Contains(extension);
}
