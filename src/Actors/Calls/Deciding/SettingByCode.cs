using TeleCube.Actors.Audit;
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
    public static void CarryOut(Turn turn, TenantState tenant, Extension from, CallCommand.Begin begin)
    {
        if (!SettingCode.TryRead(begin.Invite.Uri.User ?? "", from, out var code) || tenant.Status is not TenantStatus.Active || Refusal(turn, tenant, code) is not null) return;
        turn.Happen(new CallEvent.SetByCode(CodeSetting.Of(code.Command, Entry(turn, from, code, begin)), turn.Now));
        Tell(turn);
    }

    /// <summary>Whether the tenant was still told before the restart is not in the call's journal. Told twice it sets the same, and its audit entry has the same id.</summary>
    public static void TellAgain(Turn turn)
    {
        if (turn.Call.Phase is not CallPhase.Closed) Tell(turn);
    }

    /// <summary>As an order over the API: with its entry of the audit log, in the transaction that sets it.</summary>
    static void Tell(Turn turn)
    {
        if (turn.Call.Setting is { } setting)
            turn.Do(new CallEffect.Tell(EntityKinds.Tenant(turn.Call.Tenant), new Recorded(setting.Command, [AuditLog.Row(setting.Entry)])));
    }

    static AuditEntry Entry(Turn turn, Extension from, SettingCode code, CallCommand.Begin begin) => new()
    {
        Id = $"{turn.Call.Id}-setting",
        At = turn.Now,
        Action = code.Command is TenantCommand.SetDoNotDisturb ? "set-do-not-disturb" : "set-forward",
        Actor = new AuditActor(AuditActorKind.Phone, from.Number.Value),
        Tenant = turn.Call.Tenant.Value,
        Resource = "extensions",
        ResourceId = from.Number.Value,
        Verb = "SIP",
        Address = (begin.Flow.Remote.Address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : begin.Flow.Remote.Address).ToString(),
        RequestId = turn.Call.Id.Value,
    };

    static Rejection? Refusal(Turn turn, TenantState tenant, SettingCode code) =>
        Tenant.Decide(tenant, code.Command, new TenantContext(turn.Now, turn.World.View.Numbers, turn.World.View.TariffOf(tenant))).Rejection;
}
