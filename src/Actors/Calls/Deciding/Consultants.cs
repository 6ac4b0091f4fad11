using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Consultants who are rung for somebody in a queue, each a line of the step: phones of an extension, or a number outside with trunks of its own to fall back
/// on. The first to take the call wins; when nobody can any more, the distributor hears of each why.
/// </summary>
static class Consultants
{
    /// <summary>Whom of an offer can be rung now, and how; <paramref name="outside"/> is what numbers outside are shown.</summary>
    public static Route Route(
        Turn turn, TenantState tenant, ExtensionNumber number, QueueTicket ticket, QueueNotice.Offer offer, CallerId caller, CallerId outside, string? cameBy)
    {
        var (lines, missed) = (ImmutableArray.CreateBuilder<ConsultantLine>(), ImmutableArray.CreateBuilder<MissedOffer>());
        var queue = tenant.Queues.GetValueOrDefault(number);
        foreach (var consultant in offer.Consultants)
        {
            var route = queue is null
                ? Routing.Route.Refuse(EndCause.NoSuchNumber, $"there is no queue {number}")
                : turn.World.Plan.ToConsultant(tenant, queue, consultant, cameBy, consultant.External is null ? caller : outside, turn.Call.Id.Value);
            // the line of an extension ends outside where its forward was followed: there a voicemail may answer
            var pressOne = queue?.LinkOf(consultant) is { PressOne: true } || (consultant.External is null && route.Next is RouteStep.Dial);
            var seat = new QueueSeat(ticket, number.Value, offer.Number, consultant) { PressOne = pressOne };
            if (Line(seat, route.Next) is { } line) lines.Add(line);
            else missed.Add(new MissedOffer(consultant, route.Next is RouteStep.Refuse(var cause) ? cause.Code : EndCause.Unreachable.Code));
        }

        var step = new RouteStep.RingConsultants(lines.DrainToImmutable(), offer.For, caller) { Missed = missed.DrainToImmutable() };
        return new Route(step, $"queue {number} offers the call to {Names(step)}");
    }

    public static void Ring(Turn turn, RouteStep.RingConsultants step)
    {
        var number = turn.Call.Step;
        turn.Do(new CallEffect.StartTimer(Dialling.RingTimer, step.For, new CallCommand.GiveUpRinging(number)));
        for (var line = 0; line < step.Lines.Length; line++)
        {
            if (step.Lines[line].Extension is not { } extension) TrunkDialling.Seize(turn, line);
            else if (Dialling.RingPhones(turn, extension, step.From, line, step.Lines[line].Seat) is { } cause) Missed(turn, line, cause);
        }

        if (step.Lines.IsEmpty) NobodyTook(turn, step);
        else foreach (var missed in step.Missed) TellDeclined(turn, step, missed);
    }

    /// <summary>Nothing can come of this line any more.</summary>
    public static void Missed(Turn turn, int line, EndCause cause)
    {
        if (turn.Call.Trying is not RouteStep.RingConsultants step || turn.Call.LinesMissed.ContainsKey(line)) return;
        turn.Happen(new CallEvent.ConsultantMissed(line, step.Lines[line].Seat.Consultant, cause, turn.Now));
        if (turn.Call.LinesMissed.Count == step.Lines.Length) NobodyTook(turn, step);
        else TellDeclined(turn, step, new MissedOffer(step.Lines[line].Seat.Consultant, cause.Code));
    }

    /// <summary>After a restart: who does not ring any more of those who were to be rung.</summary>
    public static void TellDeclined(Turn turn)
    {
        if (turn.Call.Trying is not RouteStep.RingConsultants { Lines.IsEmpty: false } step) return;
        foreach (var missed in step.Missed) TellDeclined(turn, step, missed);
        foreach (var (line, cause) in turn.Call.LinesMissed) TellDeclined(turn, step, new MissedOffer(step.Lines[line].Seat.Consultant, cause.Code));
    }

    /// <summary>They have rung for long enough; who has answered already, and is not connected yet, has a time of his own.</summary>
    public static void GiveUp(Turn turn)
    {
        var step = turn.Call.Step;
        var lines = ((RouteStep.RingConsultants)turn.Call.Trying!).Lines.Length;
        for (var line = 0; line < lines && turn.Call.Step == step; line++)
        {
            if (turn.Call.LinesMissed.ContainsKey(line)) continue;
            var legs = LegsOf(turn.Call, line).Where(leg => leg.Live).ToList();
            if (legs.Any(leg => leg.IsPreparing)) continue;
            foreach (var leg in legs) Ending.Drop(turn, leg.Number, EndCause.NoAnswer);
            Missed(turn, line, legs.Any(leg => leg.Phase is LegPhase.Ringing) ? EndCause.NoAnswer : EndCause.Unreachable);
        }
    }

    /// <summary>One has answered: nothing is to come of the others.</summary>
    public static void LetOthersGo(Turn turn, int answered)
    {
        if (turn.Call.Trying is not RouteStep.RingConsultants step) return;
        for (var line = 0; line < step.Lines.Length; line++)
            if (line != answered && !turn.Call.LinesMissed.ContainsKey(line))
                turn.Happen(new CallEvent.ConsultantMissed(line, step.Lines[line].Seat.Consultant, EndCause.Elsewhere, turn.Now));
    }

    /// <summary>A consultant has the call: said before he is connected.</summary>
    public static void Took(Turn turn, int number)
    {
        if (turn.Leg(number) is not { TookCall: false, Seat: { } seat }) return;
        QueueSounds.Stop(turn);
        turn.Happen(new CallEvent.QueueLeft(seat.Ticket, QueueExit.Answered, number, turn.Now));
        QueueNews.Tell(turn, new DistributorCommand.Answered(seat.Ticket, ExtensionNumber.Parse(seat.Queue), seat.Offer, seat.Consultant, turn.Now));
    }

    /// <summary>The others still ring; he is free for other callers.</summary>
    static void TellDeclined(Turn turn, RouteStep.RingConsultants step, MissedOffer missed) =>
        QueueNews.Tell(turn, new DistributorCommand.Declined(step.Lines[0].Seat.Ticket, step.Lines[0].Seat.Offer, missed, turn.Now));

    static void NobodyTook(Turn turn, RouteStep.RingConsultants step)
    {
        turn.Do(new CallEffect.CancelTimer(Dialling.RingTimer));
        var missed = step.Lines.Select((line, index) => new MissedOffer(line.Seat.Consultant, turn.Call.LinesMissed[index].Code));
        if (turn.Call.CallBack is not null && InQueue.Of(turn.Call) is null) Ending.Call(turn, EndCause.NoAnswer); // which says so
        else InQueue.OfferFailed(turn, [.. step.Missed, .. missed]);
    }

    static IEnumerable<Leg> LegsOf(CallState call, int line) => call.Legs.Where(leg => leg.Step == call.Step && leg.Line == line);

    static ConsultantLine? Line(QueueSeat seat, RouteStep step) => step switch
    {
        RouteStep.Ring ring => new ConsultantLine(seat, ring.Extension, null),
        RouteStep.RingGroup { Extensions: [var extension, ..] } => new ConsultantLine(seat, extension, null),
        RouteStep.Dial dial => new ConsultantLine(seat, null, dial),
        _ => null,
    };

    static string Names(RouteStep.RingConsultants step) =>
        (step.Lines.IsEmpty ? "nobody" : string.Join(", ", step.Lines.Select(line => line.Seat.Consultant)))
        + string.Concat(step.Missed.Select(missed => $"; {missed.Consultant} cannot be rung ({missed.Cause})"));
}
