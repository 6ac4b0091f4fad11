using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues;

/// <summary>Finds and changes parts of a <see cref="DistributorState"/>.</summary>
static class DistributorChanges
{
    public static WaitingCaller? CallerOf(this DistributorState state, ExtensionNumber queue, QueueTicket ticket) =>
        state.Queues.GetValueOrDefault(queue)?.Waiting.FirstOrDefault(caller => caller.Ticket == ticket);

    public static DistributorState With(this DistributorState state, ExtensionNumber number, Func<QueueState, QueueState> change) =>
        state with { Queues = state.Queues.SetItem(number, change(state.Queues.GetValueOrDefault(number) ?? new QueueState(number))) };

    public static DistributorState WithCaller(
        this DistributorState state, ExtensionNumber number, QueueTicket ticket, Func<WaitingCaller, WaitingCaller> change) =>
        state.With(number, queue => queue.WithCaller(ticket, change));

    /// <summary>The consultant is idle.</summary>
    public static DistributorState Without(this DistributorState state, ConsultantId consultant) =>
        state with { Consultants = state.Consultants.Remove(consultant) };

    /// <summary>Those of the offer who still ring for it are idle.</summary>
    public static DistributorState WithoutRinging(this DistributorState state, QueueOffer offer) => state with
    {
        Consultants = state.Consultants.RemoveRange(
            offer.Consultants.Where(id => state.Consultants.GetValueOrDefault(id)?.RingsFor(offer) is true)),
    };

    public static bool RingsFor(this ConsultantState consultant, QueueOffer offer) =>
        consultant.Activity is ConsultantActivity.Ringing && consultant.Ticket == offer.Ticket && consultant.Offer == offer.Number;

    /// <summary>Behind those who wait longer.</summary>
    public static QueueState WithPlace(this QueueState queue, WaitingCaller caller) =>
        queue with { Waiting = queue.Waiting.Insert(queue.PlaceOf(caller), caller) };

    /// <summary>How many stand before the place that is the caller's.</summary>
    public static int PlaceOf(this QueueState queue, WaitingCaller caller)
    {
        var (from, to) = (0, queue.Waiting.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (IsBefore(queue.Waiting[middle], caller)) from = middle + 1;
            else to = middle;
        }

        return from;
    }

    public static QueueState WithoutCaller(this QueueState queue, QueueTicket ticket)
    {
        for (var i = 0; i < queue.Waiting.Length; i++)
            if (queue.Waiting[i].Ticket == ticket) return queue with { Waiting = queue.Waiting.RemoveAt(i) };
        return queue;
    }

    public static QueueState WithCaller(this QueueState queue, QueueTicket ticket, Func<WaitingCaller, WaitingCaller> change)
    {
        for (var i = 0; i < queue.Waiting.Length; i++)
            if (queue.Waiting[i].Ticket == ticket) return queue with { Waiting = queue.Waiting.SetItem(i, change(queue.Waiting[i])) };
        return queue;
    }

    public static QueueState WithTally(this QueueState queue, ConsultantId consultant, Func<ConsultantTally, ConsultantTally> change) =>
        queue with { Tallies = queue.Tallies.SetItem(consultant, change(queue.Tallies.GetValueOrDefault(consultant) ?? new ConsultantTally())) };

    static bool IsBefore(WaitingCaller one, WaitingCaller other)
    {
        if (one.Since != other.Since) return one.Since < other.Since;
        var order = string.CompareOrdinal(one.Ticket.Call.Value, other.Ticket.Call.Value);
        return order < 0 || (order == 0 && one.Ticket.Serial < other.Ticket.Serial);
    }
}
