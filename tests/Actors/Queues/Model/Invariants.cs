using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Tests.Queues.Model;

/// <summary>Something that must never be.</summary>
sealed class InvariantException(string message) : Exception(message);

/// <summary>What must hold (issue 3 §3), said without the decider's own words.</summary>
sealed class Invariants(QueueTestWorld world)
{
    readonly HashSet<QueueTicket> _answered = [];

    // Places of callers who have hung up: each is kept until it is served or given up.
    readonly HashSet<QueueTicket> _kept = [];
    readonly Dictionary<QueueTicket, QueueTicket> _calledBack = [];

    /// <summary>A call-back that reached nobody gives its caller the place again.</summary>
    public void Heard(DistributorCommand command)
    {
        if (command is DistributorCommand.CallBackFailed failed && _calledBack.Remove(failed.Ticket, out var place)) _kept.Add(place);
        if (command is DistributorCommand.TalkEnded ended) _calledBack.Remove(ended.Ticket);
    }

    public void Before(DistributorState state, DistributorEvent happened, DateTimeOffset now)
    {
        Keep(happened);
        switch (happened)
        {
            case DistributorEvent.Offered offered: Check(state, offered, now); break;
            case DistributorEvent.Joined joined: _answered.Remove(joined.Caller.Ticket); break;
            case DistributorEvent.CallBackFailed failed: _answered.Remove(failed.Ticket); break;
            case DistributorEvent.Answered answered when !_answered.Add(answered.Ticket): throw new InvariantException($"{answered.Ticket} is answered twice");
        }
    }

    public void After(DistributorState state)
    {
        foreach (var queue in state.Queues.Values)
        {
            if (queue.Waiting.DistinctBy(caller => caller.Ticket).Count() != queue.Waiting.Length) throw new InvariantException("a caller waits twice");
            for (var i = 1; i < queue.Waiting.Length; i++)
                if (queue.Waiting[i - 1].Since > queue.Waiting[i].Since) throw new InvariantException($"queue {queue.Number} is out of order");
        }

        var places = state.Queues.Values.SelectMany(queue => queue.Waiting).Select(caller => caller.Ticket).ToHashSet();
        if (!_kept.IsSubsetOf(places)) throw new InvariantException($"the place of {_kept.Except(places).First()}, who is to be called back, is lost");

        var offers = state.Queues.Values.SelectMany(queue => queue.Waiting).Select(caller => caller.Offer).OfType<QueueOffer>().ToList();
        foreach (var consultant in state.Consultants.Values.Where(one => one.Activity == ConsultantActivity.Ringing))
            if (offers.Count(offer => offer.Number == consultant.Offer && offer.Ticket == consultant.Ticket && offer.Consultants.Contains(consultant.Id)) != 1)
                throw new InvariantException($"{consultant.Id} rings for nobody");
    }

    /// <summary>At every moment a consultant has one leg at most, in whatever call.</summary>
    public static void OneLegEach(IEnumerable<SimulatedCall> calls)
    {
        HashSet<ConsultantId> busy = [];
        foreach (var call in calls)
            foreach (var leg in call.Legs)
                if (!busy.Add(leg)) throw new InvariantException($"{leg} has two legs, one of them in {call.Ticket}");
    }

    /// <summary>When everything has arrived both sides say the same.</summary>
    public static void Settled(DistributorState state, IReadOnlyCollection<SimulatedCall> calls)
    {
        var legs = calls.SelectMany(call => call.Legs.Select(leg => $"{leg} {(call.With is null ? "rings" : "talks")} in {call.Ticket}")).Order(StringComparer.Ordinal);
        var busy = state.Consultants.Values.Where(consultant => consultant.Activity != ConsultantActivity.WrappingUp)
            .Select(one => $"{one.Id} {(one.Activity == ConsultantActivity.Ringing ? "rings" : "talks")} in {one.Ticket}").Order(StringComparer.Ordinal);
        if (!legs.SequenceEqual(busy)) throw new InvariantException($"legs: {string.Join(", ", legs)}; but the distributor says: {string.Join(", ", busy)}");

        var waiting = state.Queues.Values.SelectMany(queue => queue.Waiting).Where(caller => caller.CallBack is null)
            .Select(caller => $"{caller.Ticket} since {caller.Since:O}").Order(StringComparer.Ordinal);
        var there = calls.Where(call => call is { Waits: true, Ticket.CallsBack: false }).Select(call => $"{call.Ticket} since {call.Since:O}").Order(StringComparer.Ordinal);
        if (!waiting.SequenceEqual(there)) throw new InvariantException($"waiting: {string.Join(", ", there)}; but the distributor says: {string.Join(", ", waiting)}");
    }

    void Check(DistributorState state, DistributorEvent.Offered offered, DateTimeOffset now)
    {
        var queue = world.Queues[offered.Queue];
        var caller = state.Queues[offered.Queue].Waiting.Single(one => one.Ticket == offered.Ticket);
        if (caller.Offer is not null) throw new InvariantException($"{caller.Ticket} is offered while it is offered");
        if (queue.Strategy != QueueStrategy.All && offered.Consultants.Length != 1) throw new InvariantException($"{caller.Ticket} is offered to several");
        if (offered.Consultants.Length == 0) throw new InvariantException($"{caller.Ticket} is offered to nobody");
        foreach (var consultant in offered.Consultants)
        {
            if (state.Consultants.ContainsKey(consultant)) throw new InvariantException($"{consultant} is rung though he is not idle");
            if (!CanServe(state, queue, consultant, caller.Skill)) throw new InvariantException($"{consultant} is rung though he may not be");
            foreach (var other in world.Queues.Values)
                foreach (var earlier in (state.Queues.GetValueOrDefault(other.Number)?.Waiting ?? []).Where(one => one.Offer is null && Resting(one, now) is false))
                    if (GoesBefore(other, earlier, queue, caller) && CanServe(state, other, consultant, earlier.Skill))
                        throw new InvariantException($"{caller.Ticket} gets {consultant} before {earlier.Ticket}");
        }
    }

    void Keep(DistributorEvent happened)
    {
        switch (happened)
        {
            case DistributorEvent.CallBackAsked asked: _kept.Add(asked.Ticket); break;
            case DistributorEvent.CallBackFailed failed: _kept.Add(failed.Ticket); break;
            case DistributorEvent.Answered answered:
                _kept.Remove(answered.Ticket);
                if (answered.CallBack is { } by) _calledBack[by] = answered.Ticket;
                break;
            case DistributorEvent.Left left when _kept.Remove(left.Ticket) && left.Why is not (QueueExit.CallBack or QueueExit.Gone):
                throw new InvariantException($"{left.Ticket}, who is to be called back, is sent out: {left.Why}");
        }
    }

    static bool Resting(WaitingCaller caller, DateTimeOffset now) => caller.CallBack?.NotBefore > now;

    static bool GoesBefore(Queue queue, WaitingCaller caller, Queue others, WaitingCaller other) =>
        queue.Weight > others.Weight || (queue.Weight == others.Weight && caller.Since < other.Since);

    bool CanServe(DistributorState state, Queue queue, ConsultantId consultant, string? skill)
    {
        var now = state.Queues.GetValueOrDefault(queue.Number);
        var link = queue.Consultants.FirstOrDefault(one => one.Id == consultant);
        var isIn = link is not null ? now?.LoggedOut.Contains(consultant) is not true : now?.LoggedIn.Contains(consultant) is true;
        return isIn && now?.Paused.ContainsKey(consultant) is not true && !world.Away.Contains(consultant) && !world.Gone.Contains(consultant)
            && (skill is null || link?.Skills.Contains(skill) is true);
    }
}
