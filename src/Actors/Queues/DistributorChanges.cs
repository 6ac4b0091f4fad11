using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues;

/// <summary>Finds and changes parts of a <see cref="DistributorState"/>.</summary>
static class DistributorChanges
{
    public static WaitingCaller? CallerOf(this DistributorState state, ExtensionNumber queue, QueueTicket ticket) =>
        state.Queues.GetValueOrDefault(queue)?.Waiting.FirstOrDefault(caller => caller.Ticket == ticket);

    public static DistributorState With(this DistributorState state, ExtensionNumber number, Func<QueueState, QueueState> change) =>
        state with { Queues = state.Queues.SetItem(number, change(state.Queues.GetValueOrDefault(number) ?? new QueueState(number))) };

    /// <summary>The consultant is idle.</summary>
    public static DistributorState Without(this DistributorState state, ConsultantId consultant) =>
        state with { Consultants = state.Consultants.Remove(consultant) };

    /// <summary>Those of the offer who still ring for it are idle.</summary>
    public static DistributorState WithoutRinging(this DistributorState state, QueueOffer offer) => state with
    {
        Consultants = state.Consultants.RemoveRange(offer.Consultants.Where(id => state.Consultants.GetValueOrDefault(id) is { } consultant && consultant.RingsFor(offer))),
    };

    public static bool RingsFor(this ConsultantState consultant, QueueOffer offer) =>
        consultant.Activity is ConsultantActivity.Ringing && consultant.Ticket == offer.Ticket && consultant.Offer == offer.Number;

    /// <summary>Behind those who wait longer.</summary>
    public static QueueState WithPlace(this QueueState queue, WaitingCaller caller)
    {
        var place = queue.Waiting.TakeWhile(other => IsBefore(other, caller)).Count();
        return queue with { Waiting = queue.Waiting.Insert(place, caller) };
    }

    public static QueueState WithoutCaller(this QueueState queue, QueueTicket ticket) =>
        queue with { Waiting = queue.Waiting.RemoveAll(caller => caller.Ticket == ticket) };

    public static QueueState WithCaller(this QueueState queue, QueueTicket ticket, Func<WaitingCaller, WaitingCaller> change)
    {
        for (var i = 0; i < queue.Waiting.Length; i++)
            if (queue.Waiting[i].Ticket == ticket) return queue with { Waiting = queue.Waiting.SetItem(i, change(queue.Waiting[i])) };
        return queue;
    }

    public static QueueState WithTally(this QueueState queue, ConsultantId consultant, Func<ConsultantTally, ConsultantTally> change) =>
        queue with { Tallies = queue.Tallies.SetItem(consultant, change(queue.Tallies.GetValueOrDefault(consultant) ?? new ConsultantTally())) };

    static bool IsBefore(WaitingCaller one, WaitingCaller other) => one.Since != other.Since
        ? one.Since < other.Since
        : string.CompareOrdinal(one.Ticket.Call.Value, other.Ticket.Call.Value) is var order && (order, one.Ticket.Serial.CompareTo(other.Ticket.Serial)) is ( < 0, _) or (0, < 0);
}
