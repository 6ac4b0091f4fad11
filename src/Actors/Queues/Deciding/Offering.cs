using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using static TeleCube.Actors.Queues.DistributorCommand;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>Consultants are rung for a caller, and do not take the call.</summary>
static class Offering
{
    public const string PausedForMisses = "missed-calls";

    // However many wait: a queue whose phones all refuse at once would ring as fast as the store can write.
    static readonly TimeSpan _shortestPause = TimeSpan.FromSeconds(1);
    static readonly ImmutableHashSet<string> _ignored = ["no-answer", "declined", "not-accepted"];

    public static void Offer(DistributorTurn turn, Queue queue, WaitingCaller caller, ImmutableArray<ConsultantId> consultants, bool newRound)
    {
        var (number, passedOver) = (turn.State.Offers + 1, PassedOver.By(turn, queue, caller, consultants, newRound));
        var by = caller.CallBack is null ? caller.Ticket : CallBackIds.Of(caller.Ticket, number, turn.Now);
        turn.Add(new DistributorEvent.Offered(queue.Number, caller.Ticket, number, by, consultants, turn.Now) { NewRound = newRound });
        Tell(turn, queue.Number, turn.State.CallerOf(queue.Number, caller.Ticket)!.Offer!, passedOver);
    }

    /// <summary>To the call that waits; for who has hung up, to one that begins.</summary>
    public static void Tell(DistributorTurn turn, ExtensionNumber number, QueueOffer offer, string? passedOver = null)
    {
        var time = turn.World.Find(number)?.RingFor ?? new Queue(number).RingFor;
        var notice = new QueueNotice.Offer(offer.Number, offer.Consultants, time) { PassedOver = passedOver };
        if (!offer.Ticket.CallsBack) turn.Tell(offer.Ticket, notice);
        else if (turn.Find(offer.Ticket) is (_, { CallBack: { } place } caller, _))
            turn.Order(new CallBackOrder(offer.Ticket, number, notice, place.Number, place.Shown, caller.CallerName, caller.Since));
    }

    public static void Failed(DistributorTurn turn, OfferFailed failed)
    {
        if (turn.Find(failed.Ticket) is (var queue, { Offer: { } offer } caller, _)
            && offer.Number == failed.Offer && offer.Ticket == failed.Ticket)
            Over(turn, queue.Number, caller, offer, failed.Missed, failed.At);
    }

    public static void Declined(DistributorTurn turn, Declined declined)
    {
        if (turn.Find(declined.Ticket) is not (var queue, { Offer: { } offer } caller, _)) return;
        if (offer.Number != declined.Offer || offer.Ticket != declined.Ticket || !offer.Consultants.Contains(declined.By.Consultant)) return;
        var ignored = _ignored.Contains(declined.By.Cause);
        turn.Add(new DistributorEvent.Declined(queue.Number, caller.Ticket, offer.Number, declined.By, ignored, declined.At));
        Rests.Begin(turn, queue.Number, declined.By, PauseOf(turn.World.Find(queue.Number)), declined.At);
        PauseWhoMissed(turn, queue.Number, [declined.By.Consultant], declined.At);
    }

    /// <summary>The offer came to nothing; the caller waits on.</summary>
    public static void Over(
        DistributorTurn turn, ExtensionNumber number, WaitingCaller caller, QueueOffer offer, ImmutableArray<MissedOffer> missed,
        DateTimeOffset at)
    {
        var queue = turn.World.Find(number);
        var still = missed.Where(one => offer.Consultants.Contains(one.Consultant)); // of others it was said before
        ImmutableArray<MissedOffer> last = [.. still.DistinctBy(one => one.Consultant)];
        var pause = PauseOf(queue);
        var rang = Waiting.Since(offer.At, at);
        turn.Add(new DistributorEvent.OfferFailed(number, caller.Ticket, offer.Number, last, rang, turn.Now + pause, at)
        {
            Ignored = [.. last.Where(one => _ignored.Contains(one.Cause)).Select(one => one.Consultant)],
            SoonestAt = turn.Now + _shortestPause,
        });
        foreach (var one in last) Rests.Begin(turn, number, one, pause, at);
        PauseWhoMissed(turn, number, offer.Consultants, at);
    }

    static TimeSpan PauseOf(Queue? queue) => queue?.RetryPause > _shortestPause ? queue.RetryPause : _shortestPause;

    static void PauseWhoMissed(DistributorTurn turn, ExtensionNumber number, ImmutableArray<ConsultantId> consultants, DateTimeOffset at)
    {
        if (turn.World.Find(number) is not { PauseAfterMisses: > 0 } queue) return;
        var state = turn.QueueOf(number);
        foreach (var consultant in consultants)
        {
            if (state.Paused.ContainsKey(consultant) || !Roster.IsConsultant(queue, state, consultant)) continue;
            if (state.Tallies.GetValueOrDefault(consultant)?.Missed >= queue.PauseAfterMisses)
                turn.Add(new DistributorEvent.Paused(number, consultant, PausedForMisses, at) { Automatic = true });
        }
    }
}
