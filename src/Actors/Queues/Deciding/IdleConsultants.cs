using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Those who are free in one turn, shared out among callers in the order in which these come. Who did not take a caller's call is kept for
/// it through its pause between two rounds: the pause is no way to be overtaken. But nobody idles while others wait: whom a later caller
/// would get is rung for the earlier one at once.
/// </summary>
sealed class IdleConsultants(DistributorTurn turn)
{
    // Each in the order of the queue's list; who is rung goes from all of them.
    readonly Dictionary<ExtensionNumber, List<ConsultantId>> _idle = [];
    readonly Dictionary<(ExtensionNumber, string?), List<ConsultantId>> _able = [];
    readonly Dictionary<ConsultantId, Unserved> _keptFor = [];
    readonly List<Unserved> _unserved = [];

    /// <summary>A caller for whom nobody is rung now, and who could be: kept for it, unless for an earlier one.</summary>
    sealed class Unserved(int place, Queue queue, WaitingCaller caller, List<ConsultantId> able)
    {
        public int Place => place;

        public Queue Queue => queue;

        public WaitingCaller Caller => caller;

        public List<ConsultantId> Able => able;
    }

    /// <summary>
    /// Of the queues that were asked about, whoever is idle is kept for a caller who rests: then nobody is rung for anybody who comes after.
    /// </summary>
    public bool AllAreKept
    {
        get
        {
            var keepers = new HashSet<Unserved>();
            foreach (var id in _idle.Values.SelectMany(idle => idle))
            {
                if (!_keptFor.TryGetValue(id, out var keeper)) return false;
                keepers.Add(keeper);
            }

            return keepers.All(Rests);
        }
    }

    /// <summary>False: everybody in the queue is busy or away, whoever waits.</summary>
    public bool HasAny(Queue queue) => IdleOf(queue).Count > 0;

    /// <summary>Somebody is rung for the caller, if there is anybody; callers come here in their order. False: all is as it was.</summary>
    public bool Serve(Queue queue, WaitingCaller caller)
    {
        var able = AbleIn(queue, caller.Skill);
        if (able.Count == 0) return false;
        var next = new Unserved(_unserved.Count == 0 ? 0 : _unserved[^1].Place + 1, queue, caller, able);
        while (!TryOffer(next, IsPausing(caller)))
        {
            if (TryEndPause(next)) continue;
            _unserved.Add(next);
            return Keep(next);
        }

        return true;
    }

    /// <summary>If the caller would get somebody who is kept for an earlier one, that one has waited for long enough.</summary>
    bool TryEndPause(Unserved next)
    {
        var wanted = next.Able.Where(id => !(IsPausing(next.Caller) && next.Caller.Tried.Contains(id)));
        var keepers = wanted.Select(id => _keptFor.GetValueOrDefault(id)).OfType<Unserved>().Distinct();
        if (keepers.OrderBy(one => one.Place).FirstOrDefault(one => TryOffer(one, one.Caller.RestsUntil > turn.Now)) is not { } served) return false;
        Release(served);
        return true;
    }

    /// <summary>Who has not been tried in this round goes first; if all have, the next begins, unless the caller pauses.</summary>
    bool TryOffer(Unserved next, bool pauses)
    {
        var free = Free(next);
        var untried = free.FindAll(id => !next.Caller.Tried.Contains(id));
        if (untried.Count == 0 && (pauses || free.Count == 0)) return false;
        var chosen = Strategies.Choose(turn, next.Queue, next.Caller, untried.Count > 0 ? untried : free);
        Offering.Offer(turn, next.Queue, next.Caller, chosen, newRound: untried.Count == 0);
        foreach (var some in _idle.Values.Concat(_able.Values)) some.RemoveAll(id => !IsIdle(id));
        return true;
    }

    /// <summary>Kept for no earlier one.</summary>
    List<ConsultantId> Free(Unserved caller) =>
        caller.Able.FindAll(id => !_keptFor.TryGetValue(id, out var keeper) || keeper == caller);

    /// <summary>Whom it could get and no earlier one keeps is kept for it; false: there is nobody.</summary>
    bool Keep(Unserved caller)
    {
        var kept = false;
        foreach (var id in caller.Able) kept |= _keptFor.TryAdd(id, caller);
        return kept;
    }

    /// <summary>It has got somebody: who was kept for it beside him is kept for the next whom he can help.</summary>
    void Release(Unserved served)
    {
        _unserved.Remove(served);
        foreach (var id in served.Able.Where(id => _keptFor.GetValueOrDefault(id) == served))
        {
            if (_unserved.Find(later => later.Place > served.Place && later.Able.Contains(id)) is { } keeper) _keptFor[id] = keeper;
            else _keptFor.Remove(id);
        }
    }

    List<ConsultantId> AbleIn(Queue queue, string? skill)
    {
        if (skill is null) return IdleOf(queue);
        if (_able.TryGetValue((queue.Number, skill), out var able)) return able;
        var links = Roster.Links(queue);
        return _able[(queue.Number, skill)] = IdleOf(queue).FindAll(id => links.TryGetValue(id, out var link) && link.Skills.Contains(skill));
    }

    List<ConsultantId> IdleOf(Queue queue)
    {
        if (_idle.TryGetValue(queue.Number, out var idle)) return idle;
        var active = Roster.Active(queue, turn.QueueOf(queue.Number), id => IsIdle(id) && turn.World.Exists(id));
        return _idle[queue.Number] = [.. active.Where(id => turn.WhyNotRung(queue, id) is null)];
    }

    bool Rests(Unserved caller) => caller.Caller.RestsUntil > turn.Now && Free(caller).TrueForAll(id => caller.Caller.Tried.Contains(id));

    bool IsPausing(WaitingCaller caller) => caller.NotBefore > turn.Now;

    bool IsIdle(ConsultantId consultant) => !turn.State.Consultants.ContainsKey(consultant) && turn.State.RestOf(consultant, turn.Now) is null;
}
