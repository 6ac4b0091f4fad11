using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// A call to who hung up and kept its place in a queue (PRODUCT §5): the consultants of the offer are rung first and see whom it is for; who takes it hears
/// that the number is rung.
/// </summary>
static class CallBacks
{
    public static void Begin(Turn turn, CallCommand.CallBack back)
    {
        var order = back.Wanted;
        if (turn.World.Tenants.Find(back.Tenant) is not { Status: TenantStatus.Active } tenant)
        {
            TellNobodyTook(turn, order, EndCause.NotAllowed);
            return;
        }

        var queue = tenant.Queues.GetValueOrDefault(order.Queue);
        turn.Happen(new CallEvent.Started(
            turn.Call.Id, tenant.Id, CallDirection.Outgoing, order.Queue.Value, queue?.Name, order.Number, null, false, null, order.Number, turn.Now)
        {
            CallBack = order,
        });
        turn.Do(new CallEffect.StartTimer("max", turn.World.Options.MaxDuration, new CallCommand.TimeIsUp()));
        turn.Do(new CallEffect.StartTimer(Dialling.SetupTimer, turn.World.Options.SetupTimeout, new CallCommand.GiveUpSetup()));
        var own = turn.World.Plan.ShownTo(tenant, order.Shown); // to a number outside the customer's own is not presented: nobody forwards a call
        var route = Consultants.Route(turn, tenant, order.Queue, order.Ticket, order.Offer, new CallerId(order.Number, order.CallerName), own, cameBy: null);
        Dialling.Try(turn, route with { Reason = $"{route.Reason}, to call back {order.Number}" }, waiting: 0);
    }

    /// <summary>A consultant has taken it: now the number is called.</summary>
    public static void Taken(Turn turn, int leg, CallBackOrder order)
    {
        Consultants.Took(turn, leg);
        // anew: the customer has not rung yet
        turn.Do(new CallEffect.StartTimer(Dialling.SetupTimer, turn.World.Options.SetupTimeout, new CallCommand.GiveUpSetup()));
        var route = turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant
            ? turn.World.Plan.ToCallBack(tenant, order.Number, order.Shown, turn.Call.Id.Value)
            : Routing.Route.Refuse(EndCause.NoSuchNumber, "the company is gone");
        Dialling.Try(turn, route, leg);
    }

    /// <summary>A consultant took it, and whom it was for was never reached.</summary>
    public static bool IsInVain(CallState call) => call is { CallBack: not null, AnsweredAt: null };

    /// <summary>How a call ends of which nobody said anything in time.</summary>
    public static EndCause NoAnswer(CallState call) =>
        call.CallBack is { } order && IsUntaken(call, order.Ticket) ? EndCause.CallBackNotTaken : EndCause.NoAnswer;

    /// <summary>How a wait ended of which nobody said so: only a call that calls back and that no consultant took leaves it open.</summary>
    public static QueueExit ExitOf(CallState call, EndCause cause) =>
        call.CallBack is null ? QueueExit.Abandoned : cause == EndCause.Cancelled ? QueueExit.Lost : QueueExit.Kept;

    /// <summary>Consultants are rung to call somebody back, and nobody has taken it.</summary>
    public static bool IsUntaken(CallState call, QueueTicket ticket) =>
        call.CallBack?.Ticket == ticket && call.Phase is not (CallPhase.Over or CallPhase.Closed) && !call.Legs.Any(leg => leg.TookCall);

    /// <summary>The call ends, and the distributor must hear of it before anything else of this call.</summary>
    public static void CallEnds(Turn turn, EndCause cause)
    {
        if (!IsInVain(turn.Call)) return;
        if (turn.Call.Legs.LastOrDefault(leg => leg.TookCall) is { Seat: { } seat }) TellFailed(turn, seat, cause, turn.Now);
        else TellNobodyTook(turn, turn.Call.CallBack!, cause);
    }

    /// <summary>The caller has its place again; then the consultant is free.</summary>
    public static void TellFailed(Turn turn, QueueSeat seat, EndCause cause, DateTimeOffset at)
    {
        QueueNews.Tell(turn, new DistributorCommand.CallBackFailed(seat.Ticket, seat.Offer, cause.Code, at));
        QueueNews.Tell(turn, new DistributorCommand.TalkEnded(seat.Ticket, ExtensionNumber.Parse(seat.Queue), seat.Consultant, at));
    }

    /// <summary>Consultants may still ring: then who does not any more is told, and that the call is there.</summary>
    public static void TellUntaken(Turn turn)
    {
        if (turn.Call.Phase is CallPhase.Over or CallPhase.Closed)
        {
            TellNobodyTook(turn, turn.Call.CallBack!, turn.Call.Cause ?? EndCause.NoAnswer);
            return;
        }

        Consultants.TellDeclined(turn);
        QueueNews.Tell(turn, new DistributorCommand.StillRings(turn.Call.CallBack!.Ticket));
    }

    static void TellNobodyTook(Turn turn, CallBackOrder order, EndCause otherwise)
    {
        if (otherwise == EndCause.CallBackNotTaken) otherwise = EndCause.NoAnswer; // of a consultant
        var missed = order.Offer.Consultants.Select(consultant => new MissedOffer(consultant, CauseOf(turn.Call, consultant) ?? otherwise.Code));
        QueueNews.Tell(turn, new DistributorCommand.OfferFailed(order.Ticket, order.Offer.Number, [.. missed], turn.Now));
    }

    static string? CauseOf(CallState call, ConsultantId consultant)
    {
        if (call.Legs.LastOrDefault(leg => leg.Seat?.Consultant == consultant) is { } leg) return leg.Cause?.Code;
        if (call.Trying is not RouteStep.RingConsultants step) return null;
        var line = step.Lines.ToList().FindIndex(line => line.Seat.Consultant == consultant);
        return call.LinesMissed.GetValueOrDefault(line)?.Code ?? step.Missed.FirstOrDefault(missed => missed.Consultant == consultant)?.Cause;
    }
}
