using static TeleCube.Actors.Queues.DistributorCommand;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>A consultant takes a call, talks, and wraps up.</summary>
static class Talking
{
    /// <summary>It is so, whatever was thought before: a consultant who was believed to ring elsewhere talks here.</summary>
    public static void Answered(DistributorTurn turn, Answered answered)
    {
        var known = turn.State.Consultants.GetValueOrDefault(answered.By);
        if (known is { Activity: ConsultantActivity.Talking } && known.Ticket == answered.Ticket) return;
        if (answered.Offer <= turn.State.Done.GetValueOrDefault(answered.By)) return; // that talk is over: our question has crossed its end
        var found = turn.Find(answered.Ticket);
        var caller = found?.Caller;
        turn.Add(new DistributorEvent.Answered(
            found?.Queue.Number ?? answered.Queue,
            caller?.Ticket ?? answered.Ticket,
            answered.Offer,
            answered.By,
            caller is null ? TimeSpan.Zero : Waiting.Since(caller.Since, answered.At),
            caller?.Offer is { } offer ? Waiting.Since(offer.At, answered.At) : TimeSpan.Zero,
            turn.World.Today(answered.At),
            answered.At)
        {
            CallBack = answered.Ticket.CallsBack ? answered.Ticket : null,
        });
    }

    public static void Ended(DistributorTurn turn, TalkEnded ended)
    {
        // One who rings in that call: the word is of an earlier talk in it, this one has not begun.
        var consultant = turn.State.Consultants.GetValueOrDefault(ended.By);
        if (consultant is not { Activity: ConsultantActivity.Talking } || consultant.Ticket != ended.Ticket) return;
        var until = ended.At + (turn.World.Find(consultant.Queue)?.WrapUp ?? TimeSpan.Zero);
        var (talked, wrapUp) = (Waiting.Since(consultant.Since, ended.At), until > turn.Now ? until - ended.At : TimeSpan.Zero);
        turn.Add(new DistributorEvent.TalkEnded(consultant.Queue, ended.Ticket, ended.By, talked, wrapUp, ended.At)
        {
            TransferredTo = ended.TransferredTo,
            InVain = consultant.InVain,
        });
    }

    public static void EndWrapUps(DistributorTurn turn)
    {
        foreach (var consultant in turn.State.Consultants.Values)
            if (consultant is { Activity: ConsultantActivity.WrappingUp } && consultant.Until <= turn.Now)
                turn.Add(new DistributorEvent.WrapUpEnded(consultant.Queue, consultant.Id, turn.Now));
    }

    /// <summary>
    /// The call of a consultant is gone. If it was to call somebody back, nobody knows whether it did: he is tried again.
    /// </summary>
    public static void Lost(DistributorTurn turn, ConsultantState consultant)
    {
        if (consultant.Caller is not null) CallBacks.InVain(turn, consultant, "lost", turn.Now);
        turn.Add(new DistributorEvent.Released(consultant.Queue, consultant.Ticket, consultant.Id, turn.Now));
    }
}
