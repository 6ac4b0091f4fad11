namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Those who are free in one turn, shared out among callers in the order in which these come. Who did not take a caller's call is kept for
/// it through its pause between two rounds: the pause is no way to be overtaken. But nobody idles while others wait: whom a later caller
/// would get is rung for the earlier one at once.
/// </summary>
sealed class IdleConsultants(DistributorTurn turn)
{
    readonly Dictionary<Queue, List<ConsultantId>> _idle = new(ReferenceEqualityComparer.Instance);
    readonly List<Unserved> _unserved = [];

    /// <summary>A caller for whom nobody is rung now, and who could be: kept for it, unless for an earlier one.</summary>
    sealed record Unserved(Queue Queue, WaitingCaller Caller, List<ConsultantId> Able);

    /// <summary>Somebody is rung for the caller, if there is anybody; callers come here in their order.</summary>
    public void Serve(Queue queue, WaitingCaller caller)
    {
        var next = new Unserved(queue, caller, Able(queue, caller));
        if (next.Able.Count == 0) return;
        while (!TryOffer(next, IsPausing(caller)))
        {
            if (TryEndPause(next)) continue;
            _unserved.Add(next);
            return;
        }
    }

    /// <summary>If the caller would get somebody who is kept for an earlier one, that one has waited for long enough.</summary>
    bool TryEndPause(Unserved next)
    {
        var wanted = next.Able.FindAll(id => IsIdle(id) && !(IsPausing(next.Caller) && next.Caller.Tried.Contains(id)));
        foreach (var earlier in _unserved)
        {
            if (!Free(earlier).Exists(wanted.Contains) || !TryOffer(earlier, earlier.Caller.RestsUntil > turn.Now)) continue;
            _unserved.Remove(earlier);
            return true;
        }

        return false;
    }

    /// <summary>Who has not been tried in this round goes first; if all have, the next begins, unless the caller pauses.</summary>
    bool TryOffer(Unserved next, bool pauses)
    {
        var free = Free(next);
        var untried = free.FindAll(id => !next.Caller.Tried.Contains(id));
        if (untried.Count == 0 && (pauses || free.Count == 0)) return false;
        var chosen = Strategies.Choose(turn, next.Queue, next.Caller, untried.Count > 0 ? untried : free);
        Offering.Offer(turn, next.Queue, next.Caller, chosen, newRound: untried.Count == 0);
        return true;
    }

    /// <summary>Kept for no earlier one.</summary>
    List<ConsultantId> Free(Unserved caller)
    {
        var earlier = _unserved.TakeWhile(other => !ReferenceEquals(other, caller));
        return caller.Able.FindAll(id => IsIdle(id) && !earlier.Any(other => other.Able.Contains(id)));
    }

    /// <summary>In the order of the list.</summary>
    List<ConsultantId> Able(Queue queue, WaitingCaller caller)
    {
        if (!_idle.TryGetValue(queue, out var idle))
        {
            var active = Roster.Active(queue, turn.QueueOf(queue.Number), turn.World.Exists);
            _idle[queue] = idle = [.. active.Where(id => IsIdle(id) && turn.CanBeRung(queue, id))];
        }

        return idle.FindAll(id => IsIdle(id) && HasSkill(queue, id, caller.Skill));
    }

    bool IsPausing(WaitingCaller caller) => caller.NotBefore > turn.Now;

    bool IsIdle(ConsultantId consultant) => !turn.State.Consultants.ContainsKey(consultant);

    static bool HasSkill(Queue queue, ConsultantId consultant, string? skill) =>
        skill is null || queue.LinkOf(consultant)?.Skills.Contains(skill) is true;
}
