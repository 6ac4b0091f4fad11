using static TeleCube.Actors.Queues.DistributorCommand;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>Callers who have hung up and keep their places (PRODUCT §5).</summary>
static class CallBacks
{
    const int MostTries = 3, MostPlaces = 100;
    static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    /// <summary>Who asked before a night may be called after it; later than that nobody expects it any more.</summary>
    static readonly TimeSpan _keptFor = TimeSpan.FromHours(24);

    public static void Asked(DistributorTurn turn, AskCallBack asked)
    {
        if (turn.Find(asked.Ticket) is not var (queue, caller, _) || caller.Ticket != asked.Ticket) return; // answered, or sent out: the call hears of that
        if (caller.CallBack is null)
        {
            // Anybody may claim any number: one place for each, and no more of them than are called in a day.
            var places = queue.Waiting.Where(waiting => waiting.CallBack is not null).ToList();
            if (turn.World.CallBackNumber(asked.Number) is not { } number || places.Count >= MostPlaces || places.Any(waiting => waiting.CallBack!.Number == number))
            {
                turn.Tell(asked.Ticket, new QueueNotice.CallBackRefused());
                return;
            }

            turn.Add(new DistributorEvent.CallBackAsked(queue.Number, asked.Ticket, number, asked.Shown, asked.At));
        }

        turn.Tell(asked.Ticket, new QueueNotice.CallBackKept());
    }

    public static void Failed(DistributorTurn turn, CallBackFailed failed)
    {
        if (turn.BusyWith(failed.Ticket) is { Activity: ConsultantActivity.Talking, Caller: not null } consultant && consultant.Offer == failed.Offer)
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
