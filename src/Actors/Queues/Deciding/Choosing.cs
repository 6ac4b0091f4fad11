using System.Collections.Immutable;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Who is rung for whom. The heaviest queue's callers come first, of equal ones whoever waits longest; a free consultant goes to the first of them whom he can
/// help, and to a later one only if he lacks the skill that each earlier one needs. So within a queue nobody is overtaken but by that rule (PRODUCT §5).
/// </summary>
static class Choosing
{
    public static void Assign(DistributorTurn turn)
    {
        var free = new Dictionary<Queue, List<ConsultantId>>(ReferenceEqualityComparer.Instance);
        HashSet<ConsultantId> kept = []; // for somebody who waits longer
        foreach (var (queue, caller) in InOrder(turn))
        {
            if (!free.TryGetValue(queue, out var idle)) free[queue] = idle = Idle(turn, queue);
            List<ConsultantId> able = [.. idle.Where(id => !kept.Contains(id) && turn.State.Consultants.GetValueOrDefault(id) is null && HasSkill(queue, id, caller.Skill))];
            if (able.Count == 0) continue;
            var again = able.TrueForAll(id => caller.Tried.Contains(id));
            if (again && caller.NotBefore > turn.Now) kept.UnionWith(able);
            else Offering.Offer(turn, queue, caller, Strategies.Choose(turn, queue, caller, again ? able : able.FindAll(id => !caller.Tried.Contains(id))), again);
        }
    }

    /// <summary>Those for whom somebody could be rung now, in the order in which they come.</summary>
    public static IEnumerable<(Queue Queue, WaitingCaller Caller)> InOrder(DistributorTurn turn) =>
        turn.State.Queues.Values
            .SelectMany(state => turn.World.Find(state.Number) is { } queue ? state.Waiting.Where(caller => IsDue(caller, turn.Now)).Select(caller => (queue, caller)) : [])
            .OrderByDescending(pair => pair.queue.Weight)
            .ThenBy(pair => pair.caller.Since); // stable: by the queue's own order

    /// <summary>A call-back that is resting keeps its place, but those behind it go first meanwhile.</summary>
    public static bool IsDue(WaitingCaller caller, DateTimeOffset now) => caller.Offer is null && !(caller.CallBack?.NotBefore > now);

    /// <summary>In the order of the list.</summary>
    static List<ConsultantId> Idle(DistributorTurn turn, Queue queue) =>
        [.. Roster.Active(queue, turn.QueueOf(queue.Number), turn.World.Exists).Where(id => !turn.State.Consultants.ContainsKey(id) && turn.CanBeRung(queue, id))];

    static bool HasSkill(Queue queue, ConsultantId consultant, string? skill) =>
        skill is null || queue.LinkOf(consultant)?.Skills.Contains(skill) is true;
}
