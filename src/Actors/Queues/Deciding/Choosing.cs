namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Who is rung for whom. The heaviest queue's callers come first, of equal ones whoever waits longest; a free consultant goes to the first
/// of them whom he can help, and to a later one only if he lacks the skill that each earlier one needs. So within a queue nobody is
/// overtaken but by that rule (PRODUCT §5).
/// </summary>
static class Choosing
{
    public static void Assign(DistributorTurn turn)
    {
        var idle = new IdleConsultants(turn);
        foreach (var (queue, caller) in InOrder(turn)) idle.Serve(queue, caller);
    }

    /// <summary>Those for whom somebody could be rung now, in the order in which they come.</summary>
    public static IEnumerable<(Queue Queue, WaitingCaller Caller)> InOrder(DistributorTurn turn) =>
        turn.State.Queues.Values
            .SelectMany(state => Due(turn, state))
            .OrderByDescending(pair => pair.Queue.Weight)
            .ThenBy(pair => pair.Caller.Since); // stable: by the queue's own order

    /// <summary>A call-back that is resting keeps its place, but those behind it go first meanwhile.</summary>
    public static bool IsDue(WaitingCaller caller, DateTimeOffset now) => caller.Offer is null && !(caller.CallBack?.NotBefore > now);

    static IEnumerable<(Queue Queue, WaitingCaller Caller)> Due(DistributorTurn turn, QueueState state) =>
        turn.World.Find(state.Number) is { } queue
            ? state.Waiting.Where(caller => IsDue(caller, turn.Now)).Select(caller => (queue, caller))
            : [];
}
