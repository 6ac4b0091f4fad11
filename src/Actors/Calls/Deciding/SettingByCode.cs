using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// An extension dials a code that sets something of its own: by the rules that the API goes by too. Done, it hears so and is hung up on; refused, the phone is
/// told why.
/// </summary>
static class SettingByCode
{
    static readonly ElementId _confirmation = new("confirmation");

    /// <summary>Null for what is no such code.</summary>
    public static Route? RouteFor(Turn turn, TenantState tenant, Extension from, string dialled)
    {
        if (!SettingCode.TryRead(dialled, from, out var code)) return null;
        if (tenant.Status is not TenantStatus.Active) return Route.Refuse(EndCause.NotAllowed, "the tenant is suspended: only emergency calls go");
        if (Refusal(turn, tenant, code) is { } refused)
            return Route.Refuse(new EndCause(refused.Code, 403, $"The code was refused: {refused.Code}"), $"{code.Meaning}: refused, {refused.Code} {refused.Detail}");

        var heard = new HangupElement { Id = _confirmation, Sound = code.Confirmation };
        var position = new SchemePosition(new SchemeId("confirmation"), 0, heard.Id, new CallerId(from.Number.Value, null)) { Inline = new SchemeGraph(heard.Id, [heard]) };
        return new Route(new RouteStep.RunScheme(position), $"extension {from.Number} by code: {code.Meaning}");
    }

    /// <summary>Asked of the tenant once the call is journaled. What it answers is known already.</summary>
    public static void CarryOut(Turn turn, TenantState tenant, Extension from, string dialled)
    {
        if (SettingCode.TryRead(dialled, from, out var code) && tenant.Status is TenantStatus.Active && Refusal(turn, tenant, code) is null)
            turn.Do(new CallEffect.Tell(EntityKinds.Tenant(tenant.Id), code.Command));
    }

    static Rejection? Refusal(Turn turn, TenantState tenant, SettingCode code) =>
        Tenant.Decide(tenant, code.Command, new TenantContext(turn.Now, turn.World.View.Numbers, turn.World.View.TariffOf(tenant))).Rejection;
}
