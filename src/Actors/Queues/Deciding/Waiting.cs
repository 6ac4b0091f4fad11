using static TeleCube.Actors.Queues.DistributorCommand;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>Callers who come, and go without an answer.</summary>
static class Waiting
{
    public static void Join(DistributorTurn turn, Join join)
    {
        if (turn.Find(join.Ticket) is var (queue, caller, _)) Remind(turn, queue, caller, join.Ticket);
        else if (join.Ticket.CallsBack) WithoutPlace(turn, join.Ticket);
        else if (Refusal(turn, join) is { } why) TurnAway(turn, join, why);
        else Enter(turn, join);
        if (join.AwaitsPlace && turn.Find(join.Ticket) is not null) turn.Tell(join.Ticket, new QueueNotice.Joined());
    }

    public static void Leave(DistributorTurn turn, Leave leave)
    {
        if (turn.Find(leave.Ticket) is var (queue, caller, position)) Go(turn, queue, caller, position, leave);
        else if (turn.BusyWith(leave.Ticket) is { } consultant) Talking.Lost(turn, consultant);
    }

    /// <summary>
    /// Those whom the queue does not keep: it is gone, or empty, or they have waited long enough. Whoever is being rung for stays until that is
    /// over.
    /// </summary>
    public static void SendOut(DistributorTurn turn)
    {
        foreach (var state in turn.State.Queues.Values.Where(queue => !queue.Waiting.IsEmpty))
        {
            if (turn.World.Find(state.Number) is not { } queue)
            {
                SendOut(turn, state, QueueExit.Gone, _ => true);
                continue;
            }

            if (queue.WhenEmpty is EmptyQueue.Leave) SendOut(turn, state, QueueExit.NoConsultants, ForWhomNobodyIsIn(turn, queue));
            if (queue.MaxWait > TimeSpan.Zero)
                SendOut(turn, turn.QueueOf(state.Number), QueueExit.Timeout, IsOnTheLine, before: turn.Now - queue.MaxWait);
        }
    }

    public static DateTimeOffset? EndOfWait(Queue queue, WaitingCaller caller) =>
        queue.MaxWait > TimeSpan.Zero && caller.CallBack is null ? caller.Since + queue.MaxWait : null;

    public static void Leaves(DistributorTurn turn, QueueState queue, WaitingCaller caller, QueueExit why, DateTimeOffset at)
    {
        var before = turn.QueueOf(queue.Number).Waiting.TakeWhile(other => other.Ticket != caller.Ticket).Count();
        turn.Add(new DistributorEvent.Left(queue.Number, caller.Ticket, why, before + 1, Since(caller.Since, at), at));
    }

    /// <summary>Clocks of calls and of this actor may differ by a turn.</summary>
    public static TimeSpan Since(DateTimeOffset then, DateTimeOffset at) => at > then ? at - then : TimeSpan.Zero;

    static bool IsOnTheLine(WaitingCaller caller) => caller.CallBack is null;

    /// <summary>Asked once of each skill: thousands may wait.</summary>
    static Func<WaitingCaller, bool> ForWhomNobodyIsIn(DistributorTurn turn, Queue queue)
    {
        var atAll = IsEmpty(turn, queue, null);
        var nobodyHas = new Dictionary<string, bool>(StringComparer.Ordinal);
        return caller => IsOnTheLine(caller) && (atAll || (caller.Skill is { } skill && NobodyHas(skill)));

        bool NobodyHas(string skill)
        {
            if (!nobodyHas.TryGetValue(skill, out var nobody)) nobodyHas[skill] = nobody = IsEmpty(turn, queue, skill);
            return nobody;
        }
    }

    /// <summary>Who came after that moment is not looked at: nor is who stands behind.</summary>
    static void SendOut(DistributorTurn turn, QueueState queue, QueueExit why, Func<WaitingCaller, bool> goes, DateTimeOffset? before = null)
    {
        foreach (var caller in queue.Waiting)
        {
            if (caller.Since > before) return;
            if (caller.Offer is null && goes(caller)) SendOut(turn, queue, caller, why);
        }
    }

    static void SendOut(DistributorTurn turn, QueueState queue, WaitingCaller caller, QueueExit why)
    {
        Leaves(turn, queue, caller, why, turn.Now);
        if (caller.CallBack is null) turn.Tell(caller.Ticket, new QueueNotice.Exit(why));
    }

    /// <summary>A call-back's call says that it is there; if its place is not, it has nothing to do but to talk.</summary>
    public static void WithoutPlace(DistributorTurn turn, QueueTicket ticket)
    {
        if (turn.BusyWith(ticket) is null) turn.Tell(ticket, new QueueNotice.Exit(QueueExit.Lost));
    }

    static void Enter(DistributorTurn turn, Join join)
    {
        if (turn.BusyWith(join.Ticket) is { } consultant) Talking.Lost(turn, consultant); // who waits does not talk: the call knows
        var since = join.Since < turn.Now ? join.Since : turn.Now;
        var caller = new WaitingCaller(join.Ticket, join.Caller, join.CallerName, since) { Skill = join.Skill };
        turn.Add(new DistributorEvent.Joined(join.Queue, caller, turn.QueueOf(join.Queue).PlaceOf(caller) + 1, turn.Now));
    }

    static void TurnAway(DistributorTurn turn, Join join, QueueExit why)
    {
        turn.Add(new DistributorEvent.TurnedAway(join.Queue, join.Ticket, join.Caller, why, turn.Now));
        turn.Tell(join.Ticket, new QueueNotice.Exit(why));
    }

    static QueueExit? Refusal(DistributorTurn turn, Join join)
    {
        if (!turn.World.IsKnown) return null;
        if (turn.World.Find(join.Queue) is not { } queue) return QueueExit.Gone;
        if (queue.WhenEmpty is not EmptyQueue.Wait && IsEmpty(turn, queue, join.Skill)) return QueueExit.NoConsultants;
        var waiting = turn.QueueOf(join.Queue).Waiting.Count(caller => caller.CallBack is null);
        return queue.MaxLength > 0 && waiting >= queue.MaxLength ? QueueExit.Full : null;
    }

    /// <summary>Nobody is logged in who could help.</summary>
    static bool IsEmpty(DistributorTurn turn, Queue queue, string? skill) =>
        !Roster.IsAnybodyIn(queue, turn.QueueOf(queue.Number), turn.World.Exists, skill);

    /// <summary>The call repeats itself, perhaps since it was restarted: it is told again what it may have missed.</summary>
    static void Remind(DistributorTurn turn, QueueState state, WaitingCaller caller, QueueTicket ticket)
    {
        if (caller.Offer is { } offer && offer.Ticket == ticket) Offering.Tell(turn, state.Number, offer);
        if (caller.CallBack is not null && caller.Ticket == ticket) turn.Tell(ticket, new QueueNotice.CallBackKept());
    }

    static void Go(DistributorTurn turn, QueueState queue, WaitingCaller caller, int position, Leave leave)
    {
        if (caller.CallBack is null)
        {
            var waited = Since(caller.Since, leave.At);
            turn.Add(new DistributorEvent.Left(queue.Number, caller.Ticket, leave.Why, position, waited, leave.At) { PickedUpBy = leave.PickedUpBy });
            return;
        }

        // The place is kept.
        if (caller.Offer is { } offer && offer.Ticket == leave.Ticket) Offering.Over(turn, queue.Number, caller, offer, [], leave.At);
        if (caller.Ticket == leave.Ticket) CallBacks.HungUp(turn, queue, caller, leave.At);
    }
}
