using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <remarks>Calling back who waited in a queue (PRODUCT §5).</remarks>
public sealed partial class DialPlan
{
    const AllowedDestinations ForCallBacks = AllowedDestinations.National | AllowedDestinations.Mobile;

    /// <summary>Whether a caller may be called back there at all: anybody can claim any number, and the company pays.</summary>
    public bool MayCallBack(string number) => E164.TryParse(number, out var known) && ForCallBacks.Permits(view.Numbers.Of(known).Class);

    /// <summary>Dials a caller who waits to be called back; it sees the number that it had called.</summary>
    public Route ToCallBack(TenantState tenant, string number, string? shown, string call)
    {
        if (tenant.Status is not TenantStatus.Active) return Route.Refuse(EndCause.NotAllowed, "the tenant is suspended: only emergency calls go");
        return E164.TryParse(number, out var known)
            ? ToOutside(tenant, ForCallBacks, new DialledNumber.Public(known), ShownTo(tenant, shown), "calls back", call)
            : Route.Refuse(EndCause.NotAllowed, $"{NumberMask.Of(number)} is no number that is called back");
    }

    /// <summary>That number of the tenant, where it may be shown and is still the tenant's; else the one that it usually shows.</summary>
    public CallerId ShownTo(TenantState tenant, string? number)
    {
        var own = E164.TryParse(number, out var known) && tenant.PhoneNumbers.TryGetValue(known, out var held)
            && !held.ReceiveOnly && !view.IsReceiveOnly(known)
            ? known.Value
            : tenant.DefaultNumber()?.Value;
        return new CallerId(own, null) { Fallback = own };
    }
}
