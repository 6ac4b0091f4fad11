using System.Collections.Immutable;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>The record of a call that has just ended (PRODUCT §10).</summary>
static class CdrBuilder
{
    public static Cdr Build(CallState call, EndCause cause, DateTimeOffset now)
    {
        var legs = call.Legs.Select(leg => Leg(leg, cause, now)).ToImmutableArray();
        var talked = legs.Any(leg => leg.AnsweredAt is not null);
        var service = InMailbox.Served(call, now);
        var answeredAt = call.AnsweredAt ?? (service is null ? null : call[call.Waiting]?.AnsweredAt);
        return new Cdr
        {
            Id = call.Id.Value,
            Tenant = call.Tenant.Value,
            Direction = call.Direction,
            Caller = call.Caller,
            CallerName = call.CallerName,
            Callee = Callee(call),
            DialledNumber = call.DialledNumber,
            StartedAt = call.StartedAt,
            AnsweredAt = answeredAt,
            EndedAt = now,
            DurationSeconds = answeredAt is { } answered ? Seconds(now - answered) : 0,
            Disposition = Disposition(call, cause, service),
            Cause = cause.Plain,
            Service = service,
            Destination = legs.LastOrDefault(leg => leg.Destination is not null)?.Destination ?? Undialled(call),
            Net = talked ? legs.Sum(leg => leg.Net) : 0,
            Vat = talked ? legs.Sum(leg => leg.Vat) : 0,
            Gross = talked ? legs.Sum(leg => leg.Gross) : 0,
            Legs = legs,
            Queues = [.. call.Queues.Select(stay => Queue(stay, CallBacks.ExitOf(call, cause), now))],
            Untaken = [.. call.Untaken.Values],
            JoinedWith = call.JoinedWith?.Value,
            Recoveries = call.Recoveries,
        };
    }

    static CdrLeg Leg(Leg leg, EndCause cause, DateTimeOffset now)
    {
        var ended = leg.EndedAt ?? now;
        var talk = leg.AnsweredAt is { } answered ? ended - answered : (TimeSpan?)null;
        var charge = leg.Billed is { } billed && talk is { } time ? Rating.OfLeg(billed.Row, time, billed.VatRate) : null;
        return new CdrLeg
        {
            Number = leg.Number,
            Party = leg.Party switch { Party.Phone(var extension) => extension, Party.Outside(_, var number) => number, _ => "" },
            Trunk = leg.Party is Party.Outside(var trunk, _) ? trunk : null,
            Destination = leg.Billed?.Row.Name,
            StartedAt = leg.StartedAt,
            AnsweredAt = leg.AnsweredAt,
            EndedAt = ended,
            DurationSeconds = talk is { } length ? Seconds(length) : 0,
            ChargedSeconds = (int)(charge?.ChargedSeconds ?? 0),
            NetPerMinute = charge?.NetPerMinute ?? 0,
            Net = charge?.Price.Net ?? 0,
            Vat = charge?.Price.Vat ?? 0,
            Gross = charge?.Price.Gross ?? 0,
            Cause = (leg.Cause ?? cause).Plain,
        };
    }

    static CdrQueue Queue(QueueStay stay, QueueExit otherwise, DateTimeOffset now) => new()
    {
        Queue = stay.Queue,
        Since = stay.Since,
        WaitedSeconds = Seconds((stay.Until ?? now) - stay.Since),
        Consultant = stay.By?.Value,
        Exit = stay.Exit ?? otherwise,
    };

    /// <summary>In a scheme the exchange answers, and nobody else yet: it does what the caller called for, or he gives up before.</summary>
    static string Disposition(CallState call, EndCause cause, CallService? service) =>
        call.AnsweredAt is not null ? "answered"
        : service is not null ? EndCause.Completed.Code
        : cause == EndCause.HungUp && call.Legs.Any(leg => leg is { Role: LegRole.Uas, AnsweredAt: not null, EndedByPeer: true }) ? call.Scheme?.Refusal?.Code ?? "abandoned"
        : cause.Code;

    /// <summary>Who took the call, else who was dialled.</summary>
    static string Callee(CallState call) =>
        call.Legs.Where(leg => leg is { Role: LegRole.Uac, AnsweredAt: not null } && (leg.Seat is null || leg.TookCall))
            .Select(leg => leg.Party).LastOrDefault() switch
        {
            _ when call.ThenCall is not null => call.ThenCall,
            _ when call.PickedUpBy is not null => call.PickedUpBy,
            Party.Phone(var extension) => extension,
            Party.Outside(_, var number) => number,
            _ => call.Dialled,
        };

    /// <summary>Where a call was meant to go that no trunk has taken.</summary>
    static string? Undialled(CallState call) => call.Trying switch
    {
        RouteStep.Refuse refused => refused.Destination,
        RouteStep.Dial dial when call.Legs.All(leg => leg.Role is LegRole.Uas) => dial.Destination,
        _ => null,
    };

    static int Seconds(TimeSpan time) => (int)Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero);
}
