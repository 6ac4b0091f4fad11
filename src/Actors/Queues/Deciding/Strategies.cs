using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Whom of those who can be rung a caller gets. They come in the order of the list, which decides where the strategy does not.
/// </summary>
static class Strategies
{
    public static ImmutableArray<ConsultantId> Choose(DistributorTurn turn, Queue queue, WaitingCaller caller, List<ConsultantId> able) =>
        queue.Strategy switch
        {
            QueueStrategy.All => [.. able],
            QueueStrategy.RoundRobin => [Next(queue, turn.QueueOf(queue.Number), able)],
            QueueStrategy.LongestIdle => [able.MinBy(id => LastEnded(turn.State, id))],
            QueueStrategy.FewestCalls => [able.MinBy(id => Taken(turn, queue, id))],
            QueueStrategy.Random => [able[Draw(caller.Ticket, turn.State.Offers, able.Count)]],
            QueueStrategy.Skills => [ByPriority(queue, able)],
            _ => [able[0]],
        };

    /// <summary>The first behind him who was rung last, wherever in the list he stands or stood; then from the top.</summary>
    static ConsultantId Next(Queue queue, QueueState state, List<ConsultantId> able)
    {
        if (state.LastRung is not { } last) return able[0];
        var places = new Dictionary<ConsultantId, int>();
        foreach (var id in queue.Consultants.Select(link => link.Id).Concat(state.LoggedIn)) places.TryAdd(id, places.Count);
        var after = places.GetValueOrDefault(last, -1);
        return able.Find(id => places.GetValueOrDefault(id, -1) > after) is { Value: not "" } next ? next : able[0];
    }

    /// <summary>In whichever queue that was.</summary>
    static DateTimeOffset LastEnded(DistributorState state, ConsultantId consultant) =>
        state.Queues.Values.Max(queue => queue.Tallies.GetValueOrDefault(consultant)?.LastEnded) ?? DateTimeOffset.MinValue;

    static int Taken(DistributorTurn turn, Queue queue, ConsultantId consultant) =>
        turn.QueueOf(queue.Number).Tallies.GetValueOrDefault(consultant) is { } tally && tally.Day == turn.World.Today(turn.Now)
            ? tally.Taken
            : 0;

    /// <summary>1 is asked first; who has no priority comes after those who have one.</summary>
    static ConsultantId ByPriority(Queue queue, List<ConsultantId> able)
    {
        var links = Roster.Links(queue);
        return able.MinBy(id => links.GetValueOrDefault(id)?.Priority is > 0 and var priority ? priority : int.MaxValue);
    }

    /// <summary>Drawn from the offer itself, so that the same offer would always go to the same consultant.</summary>
    static int Draw(QueueTicket ticket, long offers, int count) =>
        (int)(XxHash64.HashToUInt64(Encoding.ASCII.GetBytes(ticket.ToString()), offers) % (uint)count);
}
