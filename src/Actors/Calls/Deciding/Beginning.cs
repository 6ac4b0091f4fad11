using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>How a call begins: by an INVITE of a phone or a trunk, or by an order over the API.</summary>
static class Beginning
{
    public static void ByInvite(Turn turn, CallCommand.Begin begin)
    {
        var invite = begin.Invite;
        var emergency = EmergencyNumber.IsDialled(invite.Uri.Number);
        var tenant = turn.World.Tenants.Find(begin.Tenant);
        if (tenant is null && begin.Tenant != TenantId.Platform)
        {
            TurnAway(turn, begin, 503, "Tenant not loaded yet", ("Retry-After", "2"));
            return;
        }

        if (SessionTimers.TooShort(turn.World.Options, invite) is { } least && !emergency)
        {
            TurnAway(turn, begin, 422, "Session Interval Too Small", ("Min-SE", least.ToString())); // and it comes again with more: no call yet
            return;
        }

        var leg = CallersLeg(turn, begin);
        if (FirstInviteCheck.Refusal(invite, leg.Party, forHelp: emergency) is { } fault)
        {
            TurnAway(turn, begin, fault.Status, fault.Reason);
            return;
        }

        var (route, started) = begin.Origin switch
        {
            CallOrigin.Extension(var extension) => FromExtension(turn, tenant!, extension, leg, begin),
            CallOrigin.Trunk inbound => FromTrunk(turn, tenant, inbound, leg),
            _ => throw new ArgumentException("unknown origin", nameof(begin)),
        };
        if (invite.Get<Sip.Headers.MaxForwards>() is { Hops: 0 } && !emergency)
        {
            Refuse(turn, begin, started, EndCause.TooManyServers); // RFC 7332: what comes back to us again and again must end
            return;
        }

        if (TryTakeOffer(turn, begin, started, route, emergency) is not { } media) return;

        turn.Happen(started with { First = leg with { Media = media } });
        turn.World.Sip.Expect(Dialog.AsServer(invite, leg.LocalTag), leg.Party);
        turn.Do(new CallEffect.StartTimer("max", turn.World.Options.MaxDuration, new CallCommand.TimeIsUp()));
        turn.Do(new CallEffect.StartTimer(Dialling.SetupTimer, turn.World.Options.SetupTimeout, new CallCommand.GiveUpSetup()));
        if (invite.Headers.First(SipHeaderName.Replaces) is { } replaces) Joining.TakeOver(turn, turn.Leg(0), replaces);
        else
        {
            if (begin.Origin is CallOrigin.Extension(var own) && SettingByCode.CarryOut(turn, tenant!, tenant!.Extensions[ExtensionNumber.Parse(own)], begin)) return;
            Dialling.Try(turn, route, waiting: 0);
        }
    }

    public static void ByOrder(Turn turn, CallCommand.Order order)
    {
        if (turn.World.Tenants.Find(order.Tenant) is not { } tenant
            || !ExtensionNumber.TryParse(order.From, out var from)
            || !tenant.Extensions.TryGetValue(from, out var extension))
        {
            turn.Do(new CallEffect.Reply(new Rejection("no-such-extension", $"there is no extension {order.From}")));
            return;
        }

        if (tenant.Status is not TenantStatus.Active)
        {
            turn.Do(new CallEffect.Reply(new Rejection(Refusals.TenantSuspended, order.Tenant.Value)));
            return;
        }

        if (EmergencyNumber.IsDialled(order.To))
        {
            turn.Do(new CallEffect.Reply(new Rejection(Refusals.EmergencyNotAllowed, order.To)));
            return;
        }

        var inside = DialledNumber.TryParse(order.To, out var to) && to is DialledNumber.Internal;
        turn.Happen(new CallEvent.Started(
            turn.Call.Id, order.Tenant, inside ? CallDirection.Internal : CallDirection.Outgoing, order.From, extension.Description, order.To, null, false, null, order.To, turn.Now));
        turn.Do(new CallEffect.StartTimer("max", turn.World.Options.MaxDuration, new CallCommand.TimeIsUp()));
        turn.Do(new CallEffect.StartTimer(Dialling.SetupTimer, turn.World.Options.SetupTimeout, new CallCommand.GiveUpSetup()));
        turn.Do(new CallEffect.Reply(new Ordered(turn.Call.Id)));
        Dialling.Try(turn, turn.World.Plan.ToExtension(tenant, from, new CallerId(order.To, null), turn.Call.Id.Value), waiting: 0);
    }

    static (Route, CallEvent.Started) FromExtension(Turn turn, TenantState tenant, string number, Leg leg, CallCommand.Begin begin)
    {
        var dialled = begin.Invite.Uri.Number ?? "";
        var extension = tenant.Extensions[ExtensionNumber.Parse(number)];
        var route = SettingByCode.RouteFor(turn, tenant, extension, dialled) ?? turn.World.Plan.FromExtension(
            tenant, extension, dialled, turn.Call.Id.Value, CallerPrivacy.IsAskedFor(begin.Invite));
        var outside = LeadsOutside(route.Next, dialled) && begin.Invite.Headers.First(SipHeaderName.Replaces) is null; // a take-over dials nobody
        return (route, new CallEvent.Started(
            turn.Call.Id, tenant.Id, outside ? CallDirection.Outgoing : CallDirection.Internal, number, extension.Description, DialledNumber.Canonical(dialled), null,
            outside && route.Next is RouteStep.Dial { Emergency: true }, leg, null, turn.Now));
    }

    /// <summary>Refused or not, who dialled a number outside has called out.</summary>
    static bool LeadsOutside(RouteStep next, string dialled) =>
        next is RouteStep.Dial or RouteStep.Refuse { Destination: not null }
        || (next is RouteStep.Refuse && DialledNumber.TryParse(HiddenNumber.Behind(dialled, out _), out var number) && number is not DialledNumber.Internal);

    static (Route, CallEvent.Started) FromTrunk(Turn turn, TenantState? tenant, CallOrigin.Trunk inbound, Leg leg)
    {
        var caller = new CallerId(inbound.Caller, inbound.CallerName, Hidden: inbound.Caller is null) { Fallback = inbound.Dialled.Value, Hops = inbound.Hops };
        var route = tenant is null ? Route.Refuse(EndCause.NoSuchNumber, $"no tenant holds {inbound.Dialled}")
            : tenant.PhoneNumbers.TryGetValue(inbound.Dialled, out var number) ? turn.World.Plan.FromTrunk(tenant, number, caller, turn.Call.Id.Value)
            : Route.Refuse(EndCause.NoSuchNumber, $"{inbound.Dialled} is not a number of this tenant");
        return (route, new CallEvent.Started(
            turn.Call.Id, turn.Call.Tenant, CallDirection.Incoming, inbound.Caller ?? CallState.WithheldCaller, inbound.CallerName,
            inbound.Dialled.Value, inbound.Dialled.Value,
            false, leg, null, turn.Now));
    }

    static Leg CallersLeg(Turn turn, CallCommand.Begin begin) => new()
    {
        Number = 0,
        Role = LegRole.Uas,
        Party = begin.Origin is CallOrigin.Trunk(var trunk, _, var number, _) inbound
            ? new Party.Outside(trunk, number ?? CallState.WithheldCaller) { Extension = inbound.OwnExtension }
            : new Party.Phone(((CallOrigin.Extension)begin.Origin).Number),
        TakesCodes = begin.Origin is CallOrigin.Extension(var extension)
            && turn.World.Tenants.Find(begin.Tenant) is { } tenant && FeatureKeys.MayUse(tenant, extension),
        LocalTag = turn.World.Sip.Tags.For(begin.Tenant, turn.Call.Id, 0),
        Target = SipTarget.To(begin.Flow),
        Received = new ReceivedInvite { Request = begin.Invite, Flow = begin.Flow, Transaction = begin.Transaction },
        StartedAt = turn.Now,
    };

    /// <summary>Without a common codec, or without a free port, there is no use in ringing anybody. Who would be refused anyhow hears that reason.</summary>
    static LegMedia? TryTakeOffer(Turn turn, CallCommand.Begin begin, CallEvent.Started started, Route route, bool emergency)
    {
        if (turn.World.Streams.Reserve(CallSdp.FamilyOf(begin.Invite, begin.Flow), emergency) is not { } slot)
        {
            if (route.Next is RouteStep.Refuse(var cause)) Refuse(turn, begin, started, cause);
            else Refuse(turn, begin, started, EndCause.NoMedia, ("Retry-After", "5"));
            return null;
        }

        var media = CallSdp.New(slot, turn.Call.Id, 0);
        if (!CallSdp.Offers(begin.Invite)) return media; // a late offer: ours goes out in the 200
        if (CallSdp.TryAnswer(media, begin.Invite, begin.Flow.Transport.IsSecure(), out var answered, out var fault)) return answered;

        turn.World.Streams.Return(slot);
        Refuse(turn, begin, started, EndCause.NoCodec with { Text = fault }, ("Warning", $"304 {turn.World.Sip.HostInUri} \"{fault}\""));
        return null;
    }

    /// <summary>Refused before anybody was dialled, a call is a call all the same: it has its record and its timeline.</summary>
    static void Refuse(Turn turn, CallCommand.Begin begin, CallEvent.Started started, EndCause cause, (string Name, string Value)? header = null)
    {
        turn.Happen(started);
        turn.Happen(new CallEvent.LegEnded(0, cause, ByPeer: false, turn.Now));
        var response = Response(turn, begin, cause.Status, null, header);
        response.Headers.Add(SipHeaderName.Reason, Ending.Reason(cause).Value);
        if (cause == EndCause.NoSuchNumber) response.Headers.Add(SipHeaderName.Reason, Ending.Unassigned);
        turn.Do(new CallEffect.Respond(begin.Transaction, response));
        turn.Happen(new CallEvent.Ended(cause, CdrBuilder.Build(turn.Call, cause, turn.Now), turn.Now));
    }

    /// <summary>No call begins: what was asked cannot be read, or is asked again at once.</summary>
    static void TurnAway(Turn turn, CallCommand.Begin begin, int status, string phrase, (string Name, string Value)? header = null)
    {
        var response = Response(turn, begin, status, phrase, header);
        if (status == 415) CallSip.SayWhatIsTaken(response, begin.Invite.Method);
        turn.Do(new CallEffect.Respond(begin.Transaction, response));
        turn.Do(new CallEffect.TurnAway(status, phrase));
    }

    static SipResponse Response(Turn turn, CallCommand.Begin begin, int status, string? phrase, (string Name, string Value)? header)
    {
        var response = SipResponse.For(begin.Invite, status, phrase, turn.World.Sip.Tags.For(begin.Tenant, turn.Call.Id, 0));
        if (header is var (name, value)) response.Headers.Add(name, value);
        return response;
    }
}

/// <summary>A call ordered over the API has begun.</summary>
public sealed record Ordered(CallId Call);
