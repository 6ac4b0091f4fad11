using System.Collections.Immutable;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Subscriptions.Watching;

/// <summary>The legs of a call as the dialogs of the phones that have them.</summary>
static class LegDialogs
{
    /// <summary>A parking place talks with whom it holds.</summary>
    public static ImmutableArray<WatchedDialog> Of(CallState call, string extension, LiveCalls live) =>
        call.Phase is not (CallPhase.Setup or CallPhase.Talking) ? []
            : call.Parking is { } parking && parking.Slot == extension ? [Parked(call, parking)]
            : [.. call.Legs.Where(leg => leg.Live && leg.Party is Party.Phone(var number) && number == extension).Select(leg => Of(call, leg, live))];

    static WatchedDialog Parked(CallState call, Calls.Model.Parking parking)
    {
        var number = call[parking.Leg] is { } leg ? NumberOf(leg) : CallState.WithheldCaller;
        return new WatchedDialog($"{call.Id}-{parking.Slot}", WatchedState.Confirmed, IsCaller: false)
        {
            Remote = number == CallState.WithheldCaller ? null : number,
        };
    }

    static WatchedDialog Of(CallState call, Leg leg, LiveCalls live)
    {
        var (number, name) = RemoteOf(call, leg, live);
        var withheld = number is null or CallState.WithheldCaller or "";
        return new WatchedDialog($"{call.Id}-{leg.Number}", StateOf(leg), leg.Role is LegRole.Uas)
        {
            CallId = leg.Dialog?.CallId ?? leg.Received?.Request.CallId ?? leg.Sent?.Request.CallId,
            LocalTag = leg.Dialog?.RemoteTag ?? leg.Received?.Request.From.Tag,
            RemoteTag = leg.LocalTag,
            Remote = withheld ? null : number,
            RemoteName = withheld ? null : name,
        };
    }

    static WatchedState StateOf(Leg leg) => leg.Phase switch
    {
        LegPhase.Inviting => WatchedState.Trying,
        LegPhase.Ringing => WatchedState.Early,
        LegPhase.Ended => WatchedState.Terminated,
        _ => WatchedState.Confirmed,
    };

    /// <summary>Whom it talks with; before that the caller whom it rings for, or what it has dialled.</summary>
    static (string? Number, string? Name) RemoteOf(CallState call, Leg leg, LiveCalls live)
    {
        if (call.JoinedLeg?.Number == leg.Number)
            return call.Partner is { } partner && live.Find(partner.Call.Entity(call.Tenant))?[partner.Leg] is { } far ? (NumberOf(far), null) : (null, null);
        if (call.PeerOf(leg.Number) is { } peer) return (NumberOf(peer), NameOf(call, peer));
        if (leg.Role is LegRole.Uas) return (call.Dialled, null);
        return ShownTo(call) is { } shown ? (shown.Hidden ? null : shown.Number, shown.Hidden ? null : shown.Name) : (call.Caller, call.CallerName);
    }

    static CallerId? ShownTo(CallState call) => call.Trying switch
    {
        RouteStep.Ring ring => ring.From,
        RouteStep.RingGroup group => group.From,
        _ => null,
    };

    static string NumberOf(Leg leg) =>
        leg.Party switch { Party.Phone(var extension) => extension, Party.Outside(_, var number) => number, _ => CallState.WithheldCaller };

    static string? NameOf(CallState call, Leg leg) => leg is { Number: 0, Role: LegRole.Uas } ? call.CallerName : null;
}
