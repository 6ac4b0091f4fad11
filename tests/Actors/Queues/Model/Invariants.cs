using TeleCube.Actors.Queues;
using TeleCube.Actors.Queues.Deciding;

namespace TeleCube.Actors.Tests.Queues.Model;

/// <summary>Something that must never be.</summary>
sealed class InvariantException(string message) : Exception(message);

/// <summary>What must hold (issue 3 §3), said without the decider's own words. <paramref name="isOnLine"/>: the caller of the ticket has not hung up.</summary>
sealed class Invariants(QueueTestWorld world, Func<QueueTicket, bool> isOnLine)
{
    static readonly TimeSpan _shortestPause = TimeSpan.FromSeconds(1), _longestPrompt = TimeSpan.FromMinutes(1);

    readonly HashSet<QueueTicket> _answered = [];
    readonly Dictionary<QueueTicket, DateTimeOffset> _missed = [], _asked = [];

    // Places of callers who have hung up: each is kept until it is served or given up.
    readonly HashSet<QueueTicket> _kept = [];
    readonly Dictionary<QueueTicket, QueueTicket> _calledBack = [];

    /// <summary>A call-back that reached nobody gives its caller the place again.</summary>
    public void Heard(DistributorCommand command)
    {
        if (command is DistributorCommand.CallBackFailed failed && _calledBack.Remove(failed.Ticket, out var place)) _kept.Add(place);
        if (command is DistributorCommand.TalkEnded ended) _calledBack.Remove(ended.Ticket);
    }

    /// <summary>What a turn is about to do, in the world in which it was decided.</summary>
    public void Decided(DistributorState state, DistributorTurn turn)
    {
        foreach (var happened in turn.Events)
        {
            if (happened is DistributorEvent.Offered offered) Check(state, offered, turn.Now);
            state = DistributorApply.Apply(state, happened);
        }
    }

    public void Happened(DistributorEvent happened, DateTimeOffset now)
    {
        Keep(happened);
        switch (happened)
        {
            case DistributorEvent.Joined joined: _answered.Remove(joined.Caller.Ticket); break;
            case DistributorEvent.OfferFailed failed: _missed[failed.Ticket] = now; break;
            case DistributorEvent.CallBackAsked asked: _asked[asked.Ticket] = now; break;
            case DistributorEvent.CallBackFailed failed: _answered.Remove(failed.Ticket); break;
            case DistributorEvent.Answered answered when !_answered.Add(answered.Ticket): throw new InvariantException($"{answered.Ticket} is answered twice");
        }
    }

    /// <summary>
    /// Nobody is idle whom somebody waits for, unless that one has just been missed by him, and its pause is not over, or an earlier one has, a moment ago.
    /// </summary>
    public void NobodyIdles(DistributorState state, DateTimeOffset now)
    {
        var waiting = world.Queues.Values
            .SelectMany(queue => (state.Queues.GetValueOrDefault(queue.Number)?.Waiting ?? []).Select(caller => (Queue: queue, Caller: caller)))
            .Where(one => one.Caller.Offer is null && !Resting(one.Caller, now)).ToList();
        foreach (var (queue, caller) in waiting)
        {
            foreach (var idle in RandomCompany.Everybody.Where(who => !state.Consultants.ContainsKey(who) && CanServe(state, queue, who, caller.Skill, now)))
            {
                if (caller.Tried.Contains(idle) && caller.NotBefore > now) continue;
                var isKept = waiting.Any(one => GoesBefore(one.Queue, one.Caller, queue, caller) && one.Caller.Tried.Contains(idle)
                    && _missed.GetValueOrDefault(one.Caller.Ticket) + _shortestPause > now);
                if (!isKept) throw new InvariantException($"{idle} is idle while {caller.Ticket} waits");
            }
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

    /// <summary>At every moment a consultant has one leg at most, in whatever call; and a caller one consultant, unless all are to be rung at once.</summary>
    public void OneLegEach(IEnumerable<SimulatedCall> calls)
    {
        HashSet<ConsultantId> busy = [];
        foreach (var call in calls)
        {
            foreach (var leg in call.Legs)
                if (!busy.Add(leg)) throw new InvariantException($"{leg} has two legs, one of them in {call.Ticket}");
            if (call is { With: not null, Ringing.Count: > 0 }) throw new InvariantException($"{call.Ticket} rings on though it is answered");
            if (call.Ringing.Count > 1 && world.Queues.GetValueOrDefault(call.Queue) is { Strategy: not QueueStrategy.All })
                throw new InvariantException($"{call.Ticket} rings for two");
        }
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
        if (caller.CallBack is not null && isOnLine(caller.Ticket) && now < _asked[caller.Ticket] + _longestPrompt)
            throw new InvariantException($"{caller.Ticket} is called back while it is on the line");
        if (queue.Strategy != QueueStrategy.All && offered.Consultants.Length != 1) throw new InvariantException($"{caller.Ticket} is offered to several");
        if (offered.Consultants.Length == 0) throw new InvariantException($"{caller.Ticket} is offered to nobody");
        foreach (var consultant in offered.Consultants)
        {
            if (state.Consultants.ContainsKey(consultant)) throw new InvariantException($"{consultant} is rung though he is not idle");
            if (!CanServe(state, queue, consultant, caller.Skill, now)) throw new InvariantException($"{consultant} is rung though he may not be");
            foreach (var other in world.Queues.Values)
                foreach (var earlier in (state.Queues.GetValueOrDefault(other.Number)?.Waiting ?? []).Where(one => one.Offer is null && Resting(one, now) is false))
                    if (GoesBefore(other, earlier, queue, caller) && CanServe(state, other, consultant, earlier.Skill, now))
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

    bool CanServe(DistributorState state, Queue queue, ConsultantId consultant, string? skill, DateTimeOffset at)
    {
        if (state.Resting.GetValueOrDefault(consultant)?.Until > at) return false;
        var now = state.Queues.GetValueOrDefault(queue.Number);
        var link = queue.Consultants.FirstOrDefault(one => one.Id == consultant);
        var isIn = link is not null ? now?.LoggedOut.Contains(consultant) is not true : now?.LoggedIn.Contains(consultant) is true;
        return isIn && now?.Paused.ContainsKey(consultant) is not true && !world.Away.Contains(consultant) && !world.Gone.Contains(consultant)
            && (skill is null || link?.Skills.Contains(skill) is true);
    }
}
