using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>Where a transfer by keys leads, and where it leads back when that fails.</summary>
static class KeyTransfers
{
    /// <summary>
    /// The target sees what its presentation says, of the call as it came to the company; of a call that came by no number, whom the transferor shows.
    /// </summary>
    public static Route To(Turn turn, Transfer transfer, string external)
    {
        var call = turn.Call;
        return turn.World.Tenants.Find(call.Tenant) is { } tenant && tenant.ExternalNumbers.TryGetValue(new ExternalNumberId(external), out var number)
            ? turn.World.Plan.ToExternal(tenant, number, CameBy(call, transfer), Shown(call, tenant, transfer), call.Id.Value)
            : Route.Refuse(EndCause.NoSuchNumber, "the external number is gone");
    }

    /// <summary>The external number that transferred and hung up; null if it is gone.</summary>
    public static Route? BackTo(Turn turn, string external)
    {
        var call = turn.Call;
        if (turn.World.Tenants.Find(call.Tenant) is not { } tenant || !tenant.ExternalNumbers.TryGetValue(new ExternalNumberId(external), out var number))
            return null;
        var route = turn.World.Plan.ToExternal(tenant, number, call.DialledNumber, KeptParty.Outside(call), call.Id.Value);
        return route with { Reason = $"{number.Number.Masked} is rung back: {route.Reason}" };
    }

    /// <summary>Only who called the company is forwarded; whom the company has called is not.</summary>
    static string? CameBy(CallState call, Transfer transfer) => call[transfer.Kept] is { Role: LegRole.Uas, Party: Party.Outside } ? call.DialledNumber : null;

    static CallerId Shown(CallState call, TenantState tenant, Transfer transfer)
    {
        if (CameBy(call, transfer) is not null) return KeptParty.Outside(call);
        if (transfer.Extension is { } own && tenant.Extensions.TryGetValue(ExtensionNumber.Parse(own), out var extension))
            return DialPlan.ShownBy(tenant, extension);
        var number = tenant.DefaultNumber()?.Value;
        return new CallerId(number, null) { Fallback = number };
    }
}
