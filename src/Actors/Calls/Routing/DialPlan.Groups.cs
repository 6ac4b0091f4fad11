using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <remarks>Several at once: groups and consultants of queues; and announcements.</remarks>
public sealed partial class DialPlan
{
    /// <summary>
    /// Rings those of a group that are free, all at once. None of their forwards is followed: who is away, or wants to be elsewhere, is left out (PRODUCT §5).
    /// </summary>
    public Route ToGroup(TenantState tenant, ImmutableArray<ExtensionNumber> members, TimeSpan time, CallerId caller, string call)
    {
        var states = members.Where(tenant.Extensions.ContainsKey)
            .Select(number => (Number: number, Cause: NotForGroup(tenant, tenant.Extensions[number], call))).ToList();
        var free = states.Where(member => member.Cause is null).Select(member => member.Number.Value).ToImmutableArray();
        if (!free.IsEmpty) return new Route(new RouteStep.RingGroup(free, time, caller), $"of {members.Length} members {string.Join(", ", free)} can be rung");
        var busy = states.Any(member => member.Cause == EndCause.Busy);
        return Route.Refuse(busy ? EndCause.Busy : EndCause.Unreachable, $"none of {string.Join(", ", members)} can be rung");
    }

    EndCause? NotForGroup(TenantState tenant, Extension extension, string call) =>
        NotFree(tenant, extension, call) ?? (extension.Forwards.Unconditional is null ? null : EndCause.Unreachable);

    /// <summary>Why an extension cannot be rung now; null: it can.</summary>
    EndCause? NotFree(TenantState tenant, Extension extension, string call) =>
        extension.DoNotDisturb ? EndCause.DoNotDisturb
        : !extension.CallWaiting && view.CallsOf(tenant.Id, extension.Number, call) > 0 ? EndCause.Busy
        : !view.IsReachable(tenant.Id, extension.Number) ? EndCause.Unreachable
        : null;


    /// <summary>
    /// How a consultant of a queue can be rung now: <see cref="RouteStep.RingGroup"/> for an extension, <see cref="RouteStep.Dial"/> for a number outside,
    /// else why not. His own conditions count; his forwards are followed only if the queue says so (PRODUCT §5).
    /// </summary>
    public Route ToConsultant(TenantState tenant, Queue queue, ConsultantId consultant, string? cameBy, CallerId caller, string call)
    {
        if (consultant.External is { } id)
        {
            return tenant.ExternalNumbers.TryGetValue(id, out var external)
                ? ToExternal(tenant, external, cameBy, caller, call)
                : Route.Refuse(EndCause.NoSuchNumber, $"there is no external number {id}");
        }

        if (consultant.Extension is not { } number || !tenant.Extensions.TryGetValue(number, out var extension))
            return Route.Refuse(EndCause.NoSuchNumber, $"there is no extension {consultant}");
        var cause = NotFree(tenant, extension, call);
        if (caller.Number == number.Value) return Route.Refuse(EndCause.Busy, $"consultant {number} is the caller");
        if (queue.FollowForwards && extension.Forwards.Unconditional is { } always) return Follow(always, "unconditional");
        if (queue.FollowForwards && cause == EndCause.Unreachable && extension.Forwards.Unreachable is { } elsewhere) return Follow(elsewhere, "unavailable");
        cause ??= extension.Forwards.Unconditional is not null ? EndCause.Unreachable
            : !queue.RingsBusy && view.CallsOf(tenant.Id, number, call) > 0 ? EndCause.Busy
            : null;
        return cause is null
            ? new Route(new RouteStep.RingGroup([number.Value], queue.RingFor, caller), $"consultant {number} can be rung")
            : Route.Refuse(cause, WhyNot(cause, extension));

        // Where it leads to, the same holds: no queue's call goes where a busy or silent phone would send it.
        Route Follow(DialledNumber target, string reason) => ToOnePhone(Forward(
            tenant, extension, target, caller, reason, call,
            (next, diverted) => tenant.Extensions.ContainsKey(next)
                ? ToConsultant(tenant, queue, ConsultantId.Of(next), cameBy, diverted, call)
                : ToInternal(tenant, next, diverted, call)));
    }

    static string WhyNot(EndCause cause, Extension extension) =>
        cause == EndCause.DoNotDisturb ? "do-not-disturb is on"
        : cause == EndCause.Busy ? "is in a call"
        : extension.Forwards.Unconditional is not null ? "forwards all calls"
        : "no phone is registered";

    /// <summary>A consultant who forwards to a queue or a group would take the caller out of this one.</summary>
    static Route ToOnePhone(Route route) =>
        route.Next is RouteStep.RunScheme ? Route.Refuse(EndCause.Unreachable, $"{route.Reason}, which no consultant stands for") : route;

    /// <summary>A scheme of one element: the announcement, then the end (PRODUCT §3).</summary>
    static Route ToAnnouncement(PhoneNumber number, AnnouncementId id, CallerId caller)
    {
        var hangup = new HangupElement { Id = new ElementId("announcement"), Sound = SoundId.Of(id) };
        var route = Inline("announcement", hangup, caller, $"{number.Number} leads to announcement {id}");
        return route with { Next = (RouteStep.RunScheme)route.Next with { Serves = new CallService(ServiceKind.Announcement, id.Value) } };
    }
}
