using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <remarks>Codes that stand for external numbers: dialled by an extension, or pressed during a call (PRODUCT §11).</remarks>
public sealed partial class DialPlan
{
    /// <summary>An external number takes a call that came by a number of the tenant, or by none: then it sees whom <paramref name="caller"/> shows.</summary>
    public Route ToExternal(TenantState tenant, ExternalNumber external, string? cameBy, CallerId caller, string call)
    {
        if (E164.TryParse(cameBy, out var number) && tenant.PhoneNumbers.TryGetValue(number, out var dialled))
            return ToExternal(tenant, dialled, external, caller, call);
        if (view.IsTalking(external.Number)) return Route.Refuse(EndCause.Busy, $"a call to {external.Number} is up");
        return As(external,
            ToOutside(tenant, AllowedDestinations.All, new DialledNumber.Public(external.Number), caller, $"external number {external.Number}", call));
    }

    /// <summary>What the extension itself shows outside.</summary>
    public static CallerId ShownBy(TenantState tenant, Extension extension, bool hidden = false)
    {
        var shown = tenant.PresentedNumber(extension)?.Value;
        return new CallerId(shown, null, extension.HidesNumber || hidden) { Fallback = shown };
    }

    Route ByCode(TenantState tenant, Extension from, string keys, bool hidden, string call)
    {
        if (tenant.Status is not TenantStatus.Active) return Route.Refuse(EndCause.NotAllowed, "the tenant is suspended: only emergency calls go");
        return ExternalCode.TryFind(tenant, keys, out var external)
            ? ToExternal(tenant, external, null, ShownBy(tenant, from, hidden), call)
            : Route.Refuse(EndCause.UnknownCode, $"{NumberMask.Of(keys)} stands for no external number of the tenant");
    }
}
