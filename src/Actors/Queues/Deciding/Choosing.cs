namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Who is rung for whom. The heaviest queue's callers come first, of equal ones whoever waits longest; a free consultant goes to the first
/// of them whom he can help, and to a later one only if he lacks the skill that each earlier one needs. So within a queue nobody is
/// overtaken but by that rule (PRODUCT §5).
/// </summary>
static class Choosing
{
    /// <summary>
    /// However many wait, only so many of them are looked at as there is somebody to be shared out: a queue whose consultants are all busy is left
    /// at its first caller.
    /// </summary>
    public static void Assign(DistributorTurn turn)
    {
        var (idle, lines, isNews) = (new IdleConsultants(turn), new WaitingLines(turn), true);
        while (lines.TryNext(out var queue, out var caller))
        {
            if (!idle.HasAny(queue)) lines.Leave();
            else isNews |= idle.Serve(queue, caller);
            if (!isNews || !lines.AllAreSeen) continue;
            if (idle.AllAreKept) return;
            isNews = false;
        }
    }

    /// <summary>A call-back that is resting keeps its place, but those behind it go first meanwhile.</summary>
    public static bool IsDue(WaitingCaller caller, DateTimeOffset now) => caller.Offer is null && !(caller.CallBack?.NotBefore > now);
}
