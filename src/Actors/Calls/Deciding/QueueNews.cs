using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What a call tells the call distributor: what happened, and again what is so after a restart or when asked. A repeat does nothing there.</summary>
static class QueueNews
{
    const string AgainTimer = "queue-again";
    const int NoWait = 0; // waits count from 1
    static readonly TimeSpan _again = TimeSpan.FromMinutes(1), _soon = TimeSpan.FromSeconds(10);

    public static void SayAgain(Turn turn, int serial)
    {
        if (serial == NoWait) TellAgain(turn);
        if (InQueue.Of(turn.Call) is not { } wait || wait.Serial != serial) return;
        InQueue.LedOn(turn); // the distributor has had its time: no transferor waits for it any longer
        if (InQueue.IsOverdue(turn, wait)) InQueue.TimeIsUp(turn, wait);
        else TellWait(turn, wait);
    }

    /// <summary>The distributor could not take something down: all of it is said again.</summary>
    public static void NotHeard(Turn turn)
    {
        if (turn.Call.Queues.IsEmpty) return;
        turn.Do(new CallEffect.StartTimer(AgainTimer, _soon, new CallCommand.SayAgainInQueue(InQueue.Of(turn.Call)?.Serial ?? NoWait)));
    }

    public static void Tell(Turn turn, DistributorCommand news) => turn.Do(new CallEffect.Tell(DistributorEntity.Of(turn.Call.Tenant), news));

    /// <summary>After a restart nobody knows what was told.</summary>
    public static void TellAgain(Turn turn)
    {
        foreach (var stay in turn.Call.Queues) TellWhatIsSo(turn, stay.Ticket, asked: false);
    }

    /// <summary>What is so of this ticket, whatever became of the call.</summary>
    public static void Answer(Turn turn, QueueTicket ticket) => TellWhatIsSo(turn, ticket, asked: true);

    static void TellWhatIsSo(Turn turn, QueueTicket ticket, bool asked)
    {
        var call = turn.Call;
        var stay = call.Queues.FirstOrDefault(stay => stay.Ticket == ticket);
        if (InQueue.Of(call) is { } wait && InQueue.TicketOf(call, wait) == ticket) TellWait(turn, wait);
        else if (call.Legs.LastOrDefault(leg => leg.TookCall && leg.Seat?.Ticket == ticket) is { } taken) TellTaken(turn, taken, asked);
        else if (call.CallBack?.Ticket == ticket) CallBacks.TellUntaken(turn);
        else TellLeft(turn, ticket, stay);
    }

    /// <summary>The distributor knows whether a wish to be called back was granted: then the place is kept.</summary>
    public static void TellLeft(Turn turn, QueueTicket ticket, QueueStay? stay)
    {
        if (stay is { Exit: QueueExit.CallBack, Until: { } hungUp }) InQueue.TellCallBack(turn, ticket, hungUp);
        var why = stay?.Exit is QueueExit.CallBack ? QueueExit.Abandoned : stay?.Exit ?? QueueExit.Lost;
        Tell(turn, new DistributorCommand.Leave(ticket, why, stay?.Until ?? turn.Now) { PickedUpBy = stay?.PickedUpBy });
    }

    /// <summary>It waits in this queue. Said again each minute: what the distributor could not take down is lost otherwise.</summary>
    public static void TellJoin(Turn turn, SchemeWait.Queueing wait)
    {
        var late = InQueue.EndOfWait(turn, wait) is { } end ? end + _soon - turn.Now : _again;
        var after = late <= TimeSpan.Zero || turn.Call.Transfer is not null ? _soon : late < _again ? late : _again;
        turn.Do(new CallEffect.StartTimer(AgainTimer, after, new CallCommand.SayAgainInQueue(wait.Serial)));
        var call = turn.Call;
        var name = call.Scheme?.Caller.Name;
        var queue = ExtensionNumber.Parse(wait.Queue);
        Tell(turn, new DistributorCommand.Join(InQueue.TicketOf(call, wait), queue, InQueue.CallerOf(call), name, wait.Skill, wait.Since)
        {
            AwaitsPlace = call.Transfer is not null,
        });
    }

    static void TellWait(Turn turn, SchemeWait.Queueing wait)
    {
        var ticket = InQueue.TicketOf(turn.Call, wait);
        TellJoin(turn, wait);
        if (wait.Offer is not null) Consultants.TellDeclined(turn);
        if (wait is { Offer: null, Failed: { } failed }) Tell(turn, new DistributorCommand.OfferFailed(ticket, failed.Number, failed.Missed, failed.At));
        if (wait.CallBack is not CallBackWish.None) InQueue.TellCallBack(turn, ticket, turn.Now);
    }

    /// <summary>Who asks may not know yet that there was a talk at all; unasked, it would be taken for another one.</summary>
    static void TellTaken(Turn turn, Leg leg, bool asked)
    {
        var (seat, queue) = (leg.Seat!, ExtensionNumber.Parse(leg.Seat!.Queue));
        if (leg.Live || asked) Tell(turn, new DistributorCommand.Answered(seat.Ticket, queue, seat.Offer, seat.Consultant, leg.AnsweredAt ?? turn.Now));
        if (leg.Live) return;
        if (CallBacks.IsInVain(turn.Call)) CallBacks.TellFailed(turn, seat, turn.Call.Cause ?? leg.Cause!, leg.EndedAt ?? turn.Now);
        else Tell(turn, new DistributorCommand.TalkEnded(seat.Ticket, queue, seat.Consultant, leg.EndedAt ?? turn.Now) { TransferredTo = leg.TransfersTo });
    }
}
