using static TeleCube.Actors.Queues.DistributorCommand;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>Callers who have hung up and keep their places (PRODUCT §5).</summary>
static class CallBacks
{
    const int MostTries = 3, MostPlaces = 100;
    static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    /// <summary>As long as it may take to hear that the place is kept; the call says when the caller has hung up.</summary>
    static readonly TimeSpan _onTheLine = TimeSpan.FromMinutes(1);

    /// <summary>Who asked before a night may be called after it; later than that nobody expects it any more.</summary>
    static readonly TimeSpan _keptFor = TimeSpan.FromHours(24);

    public static void Asked(DistributorTurn turn, AskCallBack asked)
    {
        // Else it is answered, or sent out: the call hears of that.
        if (turn.Find(asked.Ticket) is not var (queue, caller, _) || caller.Ticket != asked.Ticket) return;
        if (caller.CallBack is null)
        {
            // Anybody may claim any number: one place for each, and no more of them than are called in a day.
            var places = queue.Waiting.Where(waiting => waiting.CallBack is not null).ToList();
            var number = places.Count < MostPlaces ? turn.World.CallBackNumber(asked.Number) : null;
            if (number is null || places.Any(waiting => waiting.CallBack!.Number == number))
            {
                turn.Tell(asked.Ticket, new QueueNotice.CallBackRefused());
                return;
            }

            var happened = new DistributorEvent.CallBackAsked(queue.Number, asked.Ticket, number, asked.Shown, asked.At);
            turn.Add(happened with { NotBefore = turn.Now + _onTheLine });
        }

        turn.Tell(asked.Ticket, new QueueNotice.CallBackKept());
    }

    /// <summary>The caller is not on the line any more; what is said of it later, after it was tried, is no news.</summary>
    public static void HungUp(DistributorTurn turn, QueueState queue, WaitingCaller caller, DateTimeOffset at)
    {
        if (caller.CallBack is { HasHungUp: false, Tries: 0 }) turn.Add(new DistributorEvent.HungUp(queue.Number, caller.Ticket, at));
    }

    public static void Failed(DistributorTurn turn, CallBackFailed failed)
    {
        var consultant = turn.BusyWith(failed.Ticket);
        if (consultant is { Activity: ConsultantActivity.Talking, Caller: not null } && consultant.Offer == failed.Offer)
            InVain(turn, consultant, failed.Cause, failed.At);
    }

    /// <summary>The caller has his place again; after so many tries he leaves it.</summary>
    public static void InVain(DistributorTurn turn, ConsultantState consultant, string cause, DateTimeOffset at)
    {
        var caller = consultant.Caller!;
        var tries = (caller.CallBack?.Tries ?? 0) + 1;
        turn.Add(new DistributorEvent.CallBackFailed(consultant.Queue, caller.Ticket, cause, tries, turn.Now + _pause, at));
    }

    public static void GiveUp(DistributorTurn turn)
    {
        foreach (var queue in turn.State.Queues.Values)
            foreach (var caller in queue.Waiting)
                if (caller is { CallBack: { } place, Offer: null } && (place.Tries >= MostTries || EndOf(place) <= turn.Now))
                    Waiting.Leaves(turn, queue, caller, QueueExit.CallBack, turn.Now);
    }

    public static DateTimeOffset EndOf(CallBackPlace place) => place.AskedAt + _keptFor;
}
