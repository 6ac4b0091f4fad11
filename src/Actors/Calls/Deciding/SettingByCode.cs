using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// An extension dials a code that sets something: by the rules that the API goes by too. Done, it hears so and is hung up on; refused, the phone is told
/// why, or the caller is.
/// </summary>
static class SettingByCode
{
    static readonly ElementId _confirmation = new("confirmation");

    // The kernel's own: nobody has decided anything.
    static readonly ImmutableHashSet<string> _notHeard =
        ["overloaded", "stopped", "not-mine", "actor-failed", "storage-unavailable", "quarantined", "journal-conflict"];

    /// <summary>Null for what is no such code.</summary>
    public static Route? RouteFor(Turn turn, TenantState tenant, Extension from, string dialled)
    {
        if (!SettingCode.TryRead(dialled, tenant, from, out var code)) return null;
        if (tenant.Status is not TenantStatus.Active) return Route.Refuse(EndCause.NotAllowed, "the tenant is suspended: only emergency calls go");
        if (Refusal(turn, tenant, code) is not { } refused) return Hears(from, code.Confirmation, $"extension {from.Number} by code: {code.Meaning}");
        var why = $"{code.Meaning}: refused, {refused.Code} {refused.Detail}";
        return code.Refusal is { } heard
            ? Hears(from, heard, why, NotObeyed(refused))
            : Route.Refuse(NotObeyed(refused), why);
    }

    static EndCause NotObeyed(Rejection refused) => new(refused.Code, 403, $"The code was refused: {refused.Code}");

    static Route Hears(Extension from, SoundId sound, string reason, EndCause? refusal = null)
    {
        var heard = new HangupElement { Id = _confirmation, Sound = sound };
        var position = new SchemePosition(new SchemeId("confirmation"), 0, heard.Id, new CallerId(from.Number.Value, null))
        {
            Inline = new SchemeGraph(heard.Id, [heard]),
            Refusal = refusal,
        };
        return new Route(new RouteStep.RunScheme(position), reason);
    }

    /// <summary>Asked of whom it concerns once the call is journaled. What it answers is known already.</summary>
    public static void CarryOut(Turn turn, TenantState tenant, Extension from, CallCommand.Begin begin)
    {
        if (!SettingCode.TryRead(begin.Invite.Uri.Number ?? "", tenant, from, out var code) || tenant.Status is not TenantStatus.Active || Refusal(turn, tenant, code) is not null) return;
        turn.Happen(new CallEvent.SetByCode(CodeSetting.Of(from.Number.Value, code.Command, Entry(turn, from, code, begin)), turn.Now));
        Tell(turn);
    }

    /// <summary>
    /// Unless it was answered, whether it was still told before the restart is not known. Told twice it sets the same, and its audit entry has the same id;
    /// but a later code may have set something else since the answer.
    /// </summary>
    public static void TellAgain(Turn turn)
    {
        if (turn.Call is { Phase: not CallPhase.Closed, SettingIsHeard: false }) Tell(turn);
    }

    public static void Heard(Turn turn, Rejection? refused)
    {
        if (refused is not null && _notHeard.Contains(refused.Code)) return;
        if (turn.Call is { Phase: not (CallPhase.New or CallPhase.Closed), Setting: not null, SettingIsHeard: false })
            turn.Happen(new CallEvent.SettingHeard(turn.Now));
    }

    /// <summary>As an order over the API: with its entry of the audit log, in the transaction that sets it.</summary>
    static void Tell(Turn turn)
    {
        if (turn.Call.Setting is { } setting)
            turn.Do(new CallEffect.Tell(setting.To(turn.Call.Tenant), new Recorded(setting.Command, [AuditLog.Row(setting.Entry)])));
    }

    static AuditEntry Entry(Turn turn, Extension from, SettingCode code, CallCommand.Begin begin)
    {
        var (action, resource, id) = Subject(code.Command, from);
        return new()
        {
            Id = $"{turn.Call.Id}-setting",
            At = turn.Now,
            Action = action,
            Actor = new AuditActor(AuditActorKind.Phone, from.Number.Value),
            Tenant = turn.Call.Tenant.Value,
            Resource = resource,
            ResourceId = id,
            Verb = "SIP",
            Address = (begin.Flow.Remote.Address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : begin.Flow.Remote.Address).ToString(),
            RequestId = turn.Call.Id.Value,
        };
    }

    /// <summary>The same names as where it is done over the API.</summary>
    static (string Action, string Resource, string Id) Subject(object command, Extension from) => command switch
    {
        TenantCommand.SetDoNotDisturb => ("set-do-not-disturb", "extensions", from.Number.Value),
        TenantCommand.SetSwitch(var id, _) => ("set-switch", "switches", id.Value),
        DistributorCommand.LogIn(var queue, var consultant) => ("log-in-agent", "queues", $"{queue}/{consultant}"),
        DistributorCommand.LogOut(var queue, var consultant) => ("log-out-agent", "queues", $"{queue}/{consultant}"),
        _ => ("set-forward", "extensions", from.Number.Value),
    };

    static Rejection? Refusal(Turn turn, TenantState tenant, SettingCode code) => code.Command switch
    {
        TenantCommand command =>
            Tenant.Decide(tenant, command, new TenantContext(turn.Now, turn.World.View.Numbers, turn.World.View.TariffOf(tenant))).Rejection,
        DistributorCommand.LogIn(var queue, _) => NoSuchQueue(tenant, queue),
        DistributorCommand.LogOut(var queue, _) => NoSuchQueue(tenant, queue),
        _ => null,
    };

    /// <summary>Any extension may log in to any queue of its company (PRODUCT §5).</summary>
    static Rejection? NoSuchQueue(TenantState tenant, Numbers.ExtensionNumber queue) =>
        tenant.Queues.ContainsKey(queue) ? null : new Rejection(Refusals.NoSuchQueue, queue.Value);
}
