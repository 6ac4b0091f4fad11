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
/// An extension dials a code that sets something: by the rules that the API goes by too. Once whom it concerns has said that it is done, it hears so and is
/// hung up on; refused, the phone is told why, or the caller is.
/// </summary>
static class SettingByCode
{
    const string Timer = "setting";

    static readonly ElementId _confirmation = new("confirmation");

    /// <summary>Who does not answer has not done it, as far as can be said.</summary>
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Null for what is no such code.</summary>
    public static Route? RouteFor(Turn turn, TenantState tenant, Extension from, string dialled)
    {
        if (!SettingCode.TryRead(dialled, tenant, from, out var code)) return null;
        if (tenant.Status is not TenantStatus.Active) return Route.Refuse(EndCause.NotAllowed, "the tenant is suspended: only emergency calls go");
        if (Refusal(turn, tenant, code) is not { } refused) return Done(from.Number.Value, code.Confirmation, code.Meaning);
        return NotDone(from.Number.Value, code.Refusal, code.Meaning, refused, status: 403);
    }

    static Route Done(string from, SoundId confirmation, string meaning) => Hears(from, confirmation, $"extension {from} by code: {meaning}");

    static Route Serving(Route route, string dialled) =>
        route with { Next = (RouteStep.RunScheme)route.Next with { Serves = new CallService(ServiceKind.FeatureCode, dialled) } };

    static Route NotDone(string from, SoundId? heard, string meaning, Rejection refused, int status)
    {
        var why = $"{meaning}: refused, {refused.Code} {refused.Detail}";
        var cause = new EndCause(refused.Code, status, $"The code was refused: {refused.Code}");
        return heard is { } sound ? Hears(from, sound, why, cause) : Route.Refuse(cause, why);
    }

    static Route Hears(string from, SoundId sound, string reason, EndCause? refusal = null)
    {
        var heard = new HangupElement { Id = _confirmation, Sound = sound };
        var position = new SchemePosition(new SchemeId("confirmation"), 0, heard.Id, new CallerId(from, null))
        {
            Inline = new SchemeGraph(heard.Id, [heard]),
            Refusal = refusal,
        };
        return new Route(new RouteStep.RunScheme(position), reason);
    }

    /// <summary>Asked of whom it concerns once the call is journaled; the call goes on when it is answered. False: there is nothing to set.</summary>
    public static bool CarryOut(Turn turn, TenantState tenant, Extension from, CallCommand.Begin begin)
    {
        if (!SettingCode.TryRead(begin.Invite.Uri.Number ?? "", tenant, from, out var code) || tenant.Status is not TenantStatus.Active || Refusal(turn, tenant, code) is not null)
            return false;
        var setting = CodeSetting.Of(from.Number.Value, code.Command, Entry(turn, from, code, begin));
        turn.Happen(new CallEvent.SetByCode(setting with { Confirmation = code.Confirmation, Refusal = code.Refusal, Meaning = code.Meaning }, turn.Now));
        Tell(turn);
        return true;
    }

    /// <summary>Only the first answer counts: what is told again after a restart is answered again.</summary>
    public static void Answered(Turn turn, Rejection? refused)
    {
        if (turn.Call is not { Setting: { Confirmation: { } confirmation } setting, Step: 0 }) return;
        turn.Do(new CallEffect.CancelTimer(Timer));
        var meaning = setting.Meaning ?? "";
        Dialling.Try(turn, refused is null
            ? Serving(Done(setting.Extension, confirmation, meaning), turn.Call.Dialled)
            : NotDone(setting.Extension, setting.Refusal, meaning, refused, status: 503), waiting: 0);
    }

    /// <summary>
    /// Until it is answered, whether it was still told before the restart is not known. Told twice it sets the same, and its audit entry has the same id; but
    /// a later code may have set something else since the answer.
    /// </summary>
    public static void TellAgain(Turn turn)
    {
        if (turn.Call is { Step: 0, Phase: not CallPhase.Closed }) Tell(turn);
    }

    /// <summary>As an order over the API: with its entry of the audit log, in the transaction that sets it.</summary>
    static void Tell(Turn turn)
    {
        if (turn.Call.Setting is not { } setting) return;
        turn.Do(new CallEffect.Tell(setting.To(turn.Call.Tenant), new Recorded(setting.Command, [AuditLog.Row(setting.Entry)])));
        if (turn.Call is { Step: 0, Phase: not CallPhase.Over })
            turn.Do(new CallEffect.StartTimer(Timer, _patience, new CallCommand.SettingSaid(new Rejection("timed-out", $"no answer within {_patience.TotalSeconds:0} s"))));
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
