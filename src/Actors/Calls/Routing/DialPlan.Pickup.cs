using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <remarks>
/// Codes that take up a call which waits elsewhere (PRODUCT §11): <c>*8</c> of the own group, <c>**10</c> at extension 10; the place of a parked call,
/// <c>*5</c> and that place.
/// </remarks>
public sealed partial class DialPlan
{
    const string PickUpCode = "*8";
    const string PickUpAt = "**";

    /// <summary>Whether what was dialled picks up what rings, rather than what is parked.</summary>
    public static bool PicksUp(string dialled)
    {
        ArgumentNullException.ThrowIfNull(dialled);
        return dialled.StartsWith(PickUpCode, StringComparison.Ordinal) || dialled.StartsWith(PickUpAt, StringComparison.Ordinal);
    }

    /// <summary>Null for what is no such code.</summary>
    Route? ToTakeUp(TenantState tenant, Extension from, string dialled)
    {
        var keys = dialled.StartsWith('*') ? dialled.TrimEnd('#') : dialled; // many phones take # as send, some send it too
        var route = keys == PickUpCode ? PickUp(tenant, Group(tenant, from), $"the group of {from.Number}")
            : keys.StartsWith(PickUpAt, StringComparison.Ordinal) && ExtensionNumber.TryParse(keys[PickUpAt.Length..], out var number)
                ? PickUp(tenant, new HashSet<ExtensionNumber> { number }, $"extension {number}")
            : ParkCode.SlotOf(tenant, keys) is { } slot && !ExternalCode.TryFind(tenant, keys, out _) ? Unpark(tenant, slot)
            : keys == ParkCode.Keys ? Route.Refuse(EndCause.NothingParked, "a call is parked by transferring it there")
            : (Route?)null;
        return route is not null && tenant.Status is not TenantStatus.Active
            ? Route.Refuse(EndCause.NotAllowed, "the tenant is suspended: only emergency calls go")
            : route;
    }

    /// <summary>Who is in a ring group with it, or has the same pick-up group.</summary>
    static HashSet<ExtensionNumber> Group(TenantState tenant, Extension from)
    {
        var inGroups = tenant.RingGroups.Values.Where(group => group.Members.Contains(from.Number)).SelectMany(group => group.Members);
        var byName = from.PickupGroup is { Length: > 0 } name
            ? tenant.Extensions.Values.Where(other => string.Equals(other.PickupGroup, name, StringComparison.OrdinalIgnoreCase)).Select(other => other.Number)
            : [];
        return [.. inGroups, .. byName];
    }

    Route PickUp(TenantState tenant, IReadOnlySet<ExtensionNumber> extensions, string whose) => view.RingingAt(tenant.Id, extensions) is { } rings
        ? new Route(new RouteStep.TakeUp(rings.Call.Value, rings.Leg), $"picks up call {rings.Call}, which rings in {whose}")
        : Route.Refuse(EndCause.NothingToPickUp, $"nothing rings in {whose}");

    Route Unpark(TenantState tenant, string slot) => view.ParkedAt(tenant.Id, slot) is { } parked
        ? new Route(new RouteStep.TakeUp(parked.Call.Value, parked.Leg), $"takes up call {parked.Call}, parked at {slot}")
        : Route.Refuse(EndCause.NothingParked, $"nothing is parked at {slot}");
}
