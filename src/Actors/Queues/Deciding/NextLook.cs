namespace TeleCube.Actors.Queues.Deciding;

/// <summary>When something is due by time alone.</summary>
static class NextLook
{
    /// <summary>Phones, do-not-disturb and other calls change without telling us.</summary>
    static readonly TimeSpan _soon = TimeSpan.FromSeconds(1);

    /// <summary>Null: nothing is, until somebody says something.</summary>
    public static DateTimeOffset? After(DistributorState state, IQueueWorld world, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var consultant in state.Consultants.Values) Consider(consultant.Until);
        foreach (var queue in state.Queues.Values)
        {
            var set = queue.Waiting.IsEmpty ? null : world.Find(queue.Number);
            foreach (var caller in queue.Waiting)
            {
                if (caller.Offer is not null) continue;
                if (Choosing.IsDue(caller, now)) Consider(now + _soon);
                else Consider(caller.CallBack?.NotBefore);
                if (caller.NotBefore > now) Consider(caller.NotBefore);
                if (set is not null) Consider(Waiting.EndOfWait(set, caller));
            }
        }

        return next;

        // What is overdue could not be done yet.
        void Consider(DateTimeOffset? at)
        {
            if (at is not { } due) return;
            if (due <= now) due = now + _soon;
            if (next is null || due < next) next = due;
        }
    }
}
