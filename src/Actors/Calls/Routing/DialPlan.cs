using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>How long a number outside may ring, and how often one call may be forwarded.</summary>
public sealed record DialPlanOptions(TimeSpan OutsideRings, int MaxForwards);

/// <summary>
/// Says what a number means when an extension dials it, and where a number of the tenant
/// leads (PRODUCT §3, §11). Pure: it looks at snapshots only.
/// </summary>
public sealed partial class DialPlan(IRoutingView view, DialPlanOptions options)
{
    /// <summary>
    /// An extension dials; <paramref name="asksPrivacy"/>: its phone wants the number hidden, as by <c>#31#</c>. It may do so for another party that it sends
    /// on: then the company's own see <paramref name="onBehalfOf"/>, while what is allowed, and shown outside, is the extension's.
    /// </summary>
    public Route FromExtension(TenantState tenant, Extension from, string dialled, string call, bool asksPrivacy = false, CallerId? onBehalfOf = null)
    {
        var digits = HiddenNumber.Behind(dialled, out var byCode);
        var hidesOnce = byCode || asksPrivacy;
        if (ToTakeUp(tenant, from, dialled) is { } waiting) return waiting;
        if (digits is OwnMessages or $"{OwnMessages}#")
            return onBehalfOf is null ? ToMessages(tenant, from) : Route.Refuse(EndCause.NotAllowed, "nobody is transferred to the messages of another");
        if (ExternalCode.IsOne(digits)) return ByCode(tenant, from, digits, hidesOnce, call);
        if (!DialledNumber.TryParse(digits, out var number))
            return digits is ['*' or '#', ..]
                ? Route.Refuse(EndCause.UnknownCode, $"'{NumberMask.Of(dialled)}' is no code of the exchange")
                : Route.Refuse(EndCause.NoSuchNumber, $"'{NumberMask.Of(dialled)}' is no number that can be dialled");
        if (number is DialledNumber.Emergency(var emergency)) return Emergency(tenant, from, emergency, call);
        if (tenant.Status is not TenantStatus.Active) return Route.Refuse(EndCause.NotAllowed, "the tenant is suspended: only emergency calls go");
        if (number is DialledNumber.Internal(var extension))
            return ToInternal(tenant, extension, onBehalfOf ?? ShownInside(from), call, by: from.Number);

        var shown = tenant.PresentedNumber(from)?.Value;
        return ToOutside(
            tenant, from.Allowed, number, new CallerId(shown, null, from.HidesNumber || hidesOnce) { Fallback = shown }, $"extension {from.Number}", call);
    }

    /// <summary>A trunk brings a call to one of the tenant's numbers.</summary>
    public Route FromTrunk(TenantState tenant, PhoneNumber number, CallerId caller, string call)
    {
        if (tenant.Status is not TenantStatus.Active) return Route.Refuse(EndCause.NoSuchNumber, "the tenant is suspended");
        return number.ForwardTo switch
        {
            ForwardTarget.ToExtension(var extension) =>
                ToExtension(tenant, extension, Inside(number, caller), call),
            ForwardTarget.ToQueue(var queue) when tenant.Queues.ContainsKey(queue) =>
                ToQueue(queue, Inside(number, caller), $"{number.Number} leads to queue {queue}"),
            ForwardTarget.ToRingGroup(var id) when tenant.RingGroups.TryGetValue(id, out var group) =>
                ToRingGroup(group, Inside(number, caller), $"{number.Number} leads to ring group {id}"),
            ForwardTarget.ToExternalNumber(var id) when tenant.ExternalNumbers.TryGetValue(id, out var external) =>
                ToExternal(tenant, number, external, caller, call),
            ForwardTarget.ToScheme(var id) when tenant.Schemes.TryGetValue(id, out var scheme) && scheme.CurrentGraph is { } graph =>
                new Route(
                    new RouteStep.RunScheme(new SchemePosition(id, scheme.Current, graph.Start, Inside(number, caller))),
                    $"{number.Number} leads to scheme {id}, version {scheme.Current}"),
            ForwardTarget.ToAnnouncement(var id) when tenant.Announcements.ContainsKey(id) => ToAnnouncement(number, id, caller),
            ForwardTarget.ToVoicemail(var extension) when tenant.Extensions.ContainsKey(extension) =>
                ToVoicemail(extension, caller, $"{number.Number} leads to the voicemail of {extension}"),
            null => Route.Refuse(EndCause.NoSuchNumber, $"{number.Number} is forwarded to nothing"),
            _ => Route.Refuse(EndCause.NoSuchNumber, $"{number.Number} is forwarded to a target that is gone"),
        };
    }

    /// <summary>Rings an extension, by its own conditions: forwards, do-not-disturb, call waiting, reachability.</summary>
    public Route ToExtension(TenantState tenant, ExtensionNumber number, CallerId caller, string call)
    {
        if (!tenant.Extensions.TryGetValue(number, out var extension)) return Route.Refuse(EndCause.NoSuchNumber, $"there is no extension {number}");
        if (extension.Forwards.Unconditional is { } always) return Forward(tenant, extension, always, caller, "unconditional", call);
        return NotFree(tenant, extension, call) is { } cause
            ? AfterRinging(tenant, number, caller, cause, call)
            : new Route(new RouteStep.Ring(number.Value, extension.RingTime, caller), $"extension {number} is registered");
    }

    /// <summary>What follows when an extension has been rung in vain, or could not be.</summary>
    public Route AfterRinging(TenantState tenant, ExtensionNumber number, CallerId caller, EndCause outcome, string call)
    {
        if (!tenant.Extensions.TryGetValue(number, out var extension)) return Route.Refuse(outcome, $"extension {number} is gone");
        return outcome.Code switch
        {
            "do-not-disturb" => Otherwise(tenant, extension, extension.Forwards.Busy, caller, "do-not-disturb", outcome, call),
            "busy" or "declined" => Otherwise(tenant, extension, extension.Forwards.Busy, caller, "user-busy", outcome, call),
            "no-answer" => Otherwise(tenant, extension, extension.Forwards.NoAnswer, caller, "no-answer", outcome, call),
            "unreachable" => Otherwise(tenant, extension, extension.Forwards.Unreachable, caller, "unavailable", outcome, call),
            _ => Route.Refuse(outcome, $"extension {number}: {outcome.Text}"),
        };
    }

    /// <summary>A phone of the extension has sent the call there.</summary>
    public Route AfterRedirection(TenantState tenant, ExtensionNumber number, DialledNumber target, CallerId caller, string call) =>
        tenant.Extensions.TryGetValue(number, out var extension)
            ? Forward(tenant, extension, target, caller, "deflection", call)
            : Route.Refuse(EndCause.NoSuchNumber, $"extension {number} is gone");

    Route Otherwise(
        TenantState tenant, Extension extension, DialledNumber? forward, CallerId caller, string reason, EndCause cause, string call) =>
        forward is null
            ? InsteadOf(cause, extension, caller) ?? Route.Refuse(cause, $"extension {extension.Number}: {cause.Code}, no forward for it")
            : Forward(tenant, extension, forward, caller, reason, call);

    Route Forward(TenantState tenant, Extension by, DialledNumber target, CallerId caller, string reason, string call) =>
        Forward(tenant, by, target, caller, reason, call, (number, diverted) => ToInternal(tenant, number, diverted, call));

    Route Forward(
        TenantState tenant, Extension by, DialledNumber target, CallerId caller, string reason, string call, Func<ExtensionNumber, CallerId, Route> inside)
    {
        if (caller.Hops >= options.MaxForwards)
            return Route.Refuse(EndCause.TooManyHops, $"forwarded {caller.Hops} times, extension {by.Number} would be next");

        var diverted = caller with
        {
            Hops = caller.Hops + 1,
            DivertedFrom = tenant.PresentedNumber(by)?.Value ?? by.Number.Value,
            DiversionReason = reason,
        };
        if (target is DialledNumber.Internal(var extension))
        {
            var onwards = inside(extension, diverted);
            return onwards with { Reason = $"{by.Number} forwards ({reason}): {onwards.Reason}" };
        }

        if (target is DialledNumber.Emergency) return Route.Refuse(EndCause.NotAllowed, "emergency numbers are never reached by a forward");

        var shown = tenant.PresentedNumber(by)?.Value;
        var presented = diverted with { Number = shown, Name = null, Hidden = by.HidesNumber, Fallback = shown };
        return ToOutside(tenant, by.Allowed, target, presented, $"{by.Number} forwards ({reason})", call);
    }

    /// <summary>PRODUCT §2: Aktywna shows the number that was dialled, Pasywna the caller's own where there is one.</summary>
    Route ToExternal(TenantState tenant, PhoneNumber dialled, ExternalNumber external, CallerId caller, string call)
    {
        if (caller.Hops >= options.MaxForwards)
            return Route.Refuse(EndCause.TooManyHops, $"forwarded {caller.Hops} times, {dialled.Number} to {external.Number} would be next");

        if (view.IsTalking(external.Number)) return Route.Refuse(EndCause.Busy, $"{dialled.Number} is forwarded to {external.Number}, to which a call is up");

        var ours = (dialled.ReceiveOnly ? tenant.DefaultNumber() : dialled.Number)?.Value;
        var passive = external.Presentation is NumberPresentation.Passive && caller is { Hidden: false, Number: not null } && !IsReceiveOnly(caller.Number);
        var shown = new CallerId(passive ? caller.Number : ours, null)
        {
            DivertedFrom = dialled.Number.Value,
            DiversionReason = "unconditional",
            Hops = caller.Hops + 1,
            Fallback = ours,
        };
        var why = (passive, external.Presentation) switch
        {
            (true, _) => "shows the caller",
            (false, NumberPresentation.Passive) => $"the caller is withheld or may not be shown, shows {ours ?? "no number"}",
            _ => dialled.ReceiveOnly ? $"the dialled number may not be shown, shows {ours ?? "no number"}" : "shows the dialled number",
        };
        var reason = $"{dialled.Number} is forwarded to {external.Number}, {why}";
        return As(external, ToOutside(tenant, AllowedDestinations.All, new DialledNumber.Public(external.Number), shown, reason, call));
    }

    static Route As(ExternalNumber external, Route route) =>
        route.Next is RouteStep.Dial dial ? route with { Next = dial with { External = external.Id.Value } } : route;

    Route ToOutside(TenantState tenant, AllowedDestinations allowed, DialledNumber number, CallerId caller, string reason, string call)
    {
        var info = number switch
        {
            DialledNumber.Public(var e164) => view.Numbers.Of(e164),
            DialledNumber.Short(var digits) => view.Numbers.Of(digits),
            _ => throw new ArgumentException($"{number} is not outside"),
        };
        if (!allowed.Permits(info.Class)) return Refuse(EndCause.NotAllowed, $"{reason}: {info.Destination} ({info.Class}) is not allowed");

        var onNet = number is DialledNumber.Public(var own) && view.OwnerOf(own) is not null;
        var trunks = onNet ? [OnNet.TrunkId] : view.TrunksFor(number, call);
        if (trunks.IsEmpty) return Refuse(EndCause.NoTrunk, $"{reason}: no trunk takes {number.Masked}{PassedOver(number, all: true)}");
        if (!onNet && view.TariffOf(tenant)?.Find(number) is null)
            return Refuse(EndCause.NotAllowed, $"{reason}: the tenant's tariff has no price for {info.Destination}");

        return new Route(
            new RouteStep.Dial(number.ToString()!, info.Destination, trunks, caller, Emergency: false, onNet, options.OutsideRings),
            $"{reason}: {info.Destination} by {string.Join(", then ", trunks)}{(onNet ? "" : PassedOver(number, all: false))}");

        Route Refuse(EndCause cause, string why) => new(new RouteStep.Refuse(cause) { Destination = info.Destination }, why);
    }

    string PassedOver(DialledNumber number, bool all) => string.Concat(view.TrunksPassedOver(number, all).Select(trunk => $"; {trunk}"));

    /// <summary>Never refused: no status, balance, permission or limit is asked, and the number is shown unhidden (PRODUCT §11).</summary>
    Route Emergency(TenantState tenant, Extension from, EmergencyNumber number, string call)
    {
        var trunks = view.TrunksFor(new DialledNumber.Emergency(number), call);
        var left = trunks.IsEmpty ? PassedOver(new DialledNumber.Emergency(number), all: true) : "";
        if (trunks.IsEmpty) return Route.Refuse(EndCause.NoTrunk, $"no trunk is set up for it, so {number.Value} cannot be reached{left}");

        var shown = tenant.EmergencyNumberToShow(from, view.Numbers)?.Value;
        var caller = new CallerId(shown, null) { Fallback = shown };
        return new Route(
            new RouteStep.Dial(number.Value, "Emergency", trunks, caller, Emergency: true, OnNet: false, options.OutsideRings),
            $"emergency number, shown as {shown ?? "no number"}");
    }

    bool IsReceiveOnly(string number) => E164.TryParse(number, out var known) && view.IsReceiveOnly(known);

    /// <summary>Whom the tenant's own phones see when this extension calls them.</summary>
    public static CallerId ShownInside(Extension extension) =>
        new(extension.Number.Value, extension.Description.Length > 0 ? extension.Description : extension.Number.Value);

    /// <summary>Whom the tenant's own phones see on a call that came by this number.</summary>
    public static CallerId Inside(PhoneNumber dialled, CallerId caller) => caller with { Name = WithPrefix(dialled.ClipPrefix, caller), DivertedFrom = null };

    static string? WithPrefix(string prefix, CallerId caller) =>
        prefix.Length == 0 ? caller.Name : $"{prefix} {caller.Name ?? caller.Number}".TrimEnd();
}
