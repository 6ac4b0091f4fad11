using System.Collections.Immutable;
using System.Diagnostics;
using static TeleCube.Actors.Queues.DistributorEvent;

namespace TeleCube.Actors.Queues;

/// <summary>What each event does to the queues. Total: an event about what is gone meanwhile changes nothing.</summary>
public static class DistributorApply
{
    // The average follows the last dozen of calls or so.
    const int AverageOver = 8;

    public static DistributorState Apply(DistributorState state, DistributorEvent happened) => happened switch
    {
        Joined e => state.With(e.Queue, queue => queue.WithPlace(e.Caller)),
        TurnedAway => state,
        Left e => Gone(state, e),
        Offered e => Offer(state, e),
        Declined e => Decline(state, e),
        OfferFailed e => Fail(state, e),
        Answered e => Answer(state, e),
        TalkEnded e => EndTalk(state, e),
        WrapUpEnded e => state.Without(e.Consultant),
        Released e => state.Without(e.Consultant),
        CallBackAsked e => state.WithCaller(e.Queue, e.Ticket, caller => caller with
        {
            CallBack = new CallBackPlace(e.Number, e.Shown, e.At) { NotBefore = e.NotBefore },
        }),
        HungUp e => state.WithCaller(e.Queue, e.Ticket, caller => caller with
        {
            CallBack = caller.CallBack is { } place ? place with { HasHungUp = true, NotBefore = null } : null,
        }),
        CallBackFailed e => Return(state, e),
        Dropped e => state with { Queues = state.Queues.Remove(e.Queue) },
        _ => state.With(happened.Queue, queue => OfConsultants(queue, happened)),
    };

    static DistributorState Gone(DistributorState state, Left e)
    {
        var offer = state.CallerOf(e.Queue, e.Ticket)?.Offer;
        var after = state.With(e.Queue, queue => queue.WithoutCaller(e.Ticket));
        return offer is null ? after : after.WithoutRinging(offer);
    }

    static DistributorState Offer(DistributorState state, Offered e)
    {
        var after = state.With(e.Queue, queue => (e.Consultants.Length == 1 ? queue with { LastRung = e.Consultants[0] } : queue)
            .WithCaller(e.Ticket, caller => caller with
            {
                Offer = new QueueOffer(e.Offer, e.By, e.Consultants, e.At),
                Tried = e.NewRound ? [] : caller.Tried,
            }));
        var ringing = e.Consultants.Select(consultant => KeyValuePair.Create(consultant, new ConsultantState(consultant)
        {
            Queue = e.Queue,
            Activity = ConsultantActivity.Ringing,
            Ticket = e.By,
            Offer = e.Offer,
            Since = e.At,
        }));
        return after with { Offers = e.Offer, Consultants = after.Consultants.SetItems(ringing) };
    }

    static DistributorState Fail(DistributorState state, OfferFailed e)
    {
        if (state.CallerOf(e.Queue, e.Ticket) is not { Offer: { } offer } || offer.Number != e.Offer) return state;
        return state.WithoutRinging(offer).With(e.Queue, queue => Ignored(queue, e.Ignored).WithCaller(e.Ticket, caller => caller with
        {
            Offer = null,
            Tried = [.. caller.Tried.Union(offer.Consultants)],
            NotBefore = e.RetryAt,
            RestsUntil = e.SoonestAt,
        }));
    }

    static DistributorState Decline(DistributorState state, Declined e)
    {
        if (state.CallerOf(e.Queue, e.Ticket) is not { Offer: { } offer } || offer.Number != e.Offer) return state;
        var who = e.By.Consultant;
        var without = state.WithoutRinging(offer with { Consultants = [who] });
        return without.With(e.Queue, queue => Ignored(queue, e.Ignored ? [who] : []).WithCaller(e.Ticket, caller => caller with
        {
            Offer = offer with { Consultants = offer.Consultants.Remove(who) },
            Tried = caller.Tried.Contains(who) ? caller.Tried : caller.Tried.Add(who),
        }));
    }

    static QueueState Ignored(QueueState queue, ImmutableArray<ConsultantId> ignored) => ignored.Aggregate(queue, (some, consultant) =>
        some.WithTally(consultant, tally => tally with { Missed = tally.Missed + 1 }));

    static DistributorState Answer(DistributorState state, Answered e)
    {
        var waited = state.CallerOf(e.Queue, e.Ticket);
        var after = waited?.Offer is { } offer ? state.WithoutRinging(offer) : state;
        after = after.With(e.Queue, queue => queue.WithoutCaller(e.Ticket).WithTally(e.By, tally => tally with
        {
            Day = e.Day,
            Taken = tally.Day == e.Day ? tally.Taken + 1 : 1,
            Missed = 0,
        }));
        return after with
        {
            Consultants = after.Consultants.SetItem(e.By, new ConsultantState(e.By)
            {
                Queue = e.Queue,
                Activity = ConsultantActivity.Talking,
                Ticket = e.CallBack ?? e.Ticket,
                Offer = e.Offer,
                Since = e.At,
                Caller = e.CallBack is null ? null : waited,
            }),
        };
    }

    static DistributorState EndTalk(DistributorState state, TalkEnded e)
    {
        var length = e.Talked + e.WrapUp;
        var done = state.Consultants.GetValueOrDefault(e.By) is { } talked ? state.Done.SetItem(e.By, talked.Offer) : state.Done;
        var counted = e.InVain ? state : state.With(e.Queue, queue => queue.WithTally(e.By, tally => tally with { LastEnded = e.At }) with
        {
            AverageTalk = queue.AverageTalk == default ? length : queue.AverageTalk + ((length - queue.AverageTalk) / AverageOver),
        });
        var after = counted with { Done = done };
        if (e.WrapUp == default || after.Consultants.GetValueOrDefault(e.By) is not { } consultant) return after.Without(e.By);
        var wrapping = consultant with { Activity = ConsultantActivity.WrappingUp, Since = e.At, Until = e.At + e.WrapUp, Caller = null };
        return after with { Consultants = after.Consultants.SetItem(e.By, wrapping) };
    }

    /// <summary>The caller has the place again that he had, and the consultant has taken no call.</summary>
    static DistributorState Return(DistributorState state, CallBackFailed e)
    {
        var talking = state.Consultants.Values.FirstOrDefault(consultant => consultant.Caller?.Ticket == e.Ticket);
        if (talking?.Caller is not { CallBack: { } place } caller) return state;
        var kept = place with { Tries = e.Tries, NotBefore = e.RetryAt };
        var back = caller with { Offer = null, Tried = [], NotBefore = null, RestsUntil = null, CallBack = kept };
        var after = state with { Consultants = state.Consultants.SetItem(talking.Id, talking with { Caller = null, InVain = true }) };
        return after.With(e.Queue, queue => queue.WithPlace(back).WithTally(talking.Id, tally => tally with { Taken = Math.Max(0, tally.Taken - 1) }));
    }

    static QueueState OfConsultants(QueueState queue, DistributorEvent happened) => happened switch
    {
        LoggedIn { Linked: true } e => queue with { LoggedOut = queue.LoggedOut.Remove(e.Consultant) },
        LoggedIn e => queue.LoggedIn.Contains(e.Consultant) ? queue : queue with { LoggedIn = queue.LoggedIn.Add(e.Consultant) },
        LoggedOut { Linked: true } e => queue with
        {
            LoggedOut = queue.LoggedOut.Add(e.Consultant),
            LoggedIn = queue.LoggedIn.Remove(e.Consultant),
        },
        LoggedOut e => queue with { LoggedIn = queue.LoggedIn.Remove(e.Consultant) },
        Paused e => queue with
        {
            Paused = queue.Paused.SetItem(e.Consultant, new ConsultantPause(e.Reason, e.At) { Automatic = e.Automatic }),
        },
        Unpaused e => Attentive(queue, e.Consultant) with { Paused = queue.Paused.Remove(e.Consultant) },
        Forgot e => e.Pauses.Aggregate(queue, Attentive) with
        {
            LoggedIn = queue.LoggedIn.RemoveRange(e.Logins),
            LoggedOut = queue.LoggedOut.Except(e.Logouts),
            Paused = queue.Paused.RemoveRange(e.Pauses),
        },
        _ => throw new UnreachableException($"no Apply for {happened.GetType().Name}"),
    };

    /// <summary>Who comes back from a pause begins anew: or the next call that he misses would pause him again.</summary>
    static QueueState Attentive(QueueState queue, ConsultantId consultant) =>
        queue.Tallies.ContainsKey(consultant) ? queue.WithTally(consultant, tally => tally with { Missed = 0 }) : queue;
}
