using System.Collections.Immutable;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Whoever is dialled through a carrier in vain rests, for all callers and queues: each try costs a call, which an operator's announcement that answers has
/// charged, and a carrier blocks who dials one number without end. The rest doubles with each failure in a row; an answer ends it, and logging in.
/// </summary>
static class Rests
{
    static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);

    // Nothing was heard of him.
    static readonly ImmutableHashSet<string> _notHis = ["cancelled", "lost-in-restart", "no-media-port", "answered-elsewhere", "no-such-number", "storage-away"];

    public static void Begin(DistributorTurn turn, ExtensionNumber queue, MissedOffer missed, TimeSpan pause, DateTimeOffset at)
    {
        if (!(missed.Outside || missed.Consultant.External is not null) || _notHis.Contains(missed.Cause)) return;
        var before = turn.State.Resting.GetValueOrDefault(missed.Consultant);
        var failures = before is null || before.Until + ConsultantRest.RememberedFor < turn.Now ? 1 : before.Failures + 1;
        turn.Add(new DistributorEvent.RestBegan(queue, missed.Consultant, new ConsultantRest(missed.Cause, failures, turn.Now + Length(pause, failures)), at));
    }

    public static void End(DistributorTurn turn, ExtensionNumber queue, ConsultantId consultant)
    {
        if (turn.State.Resting.ContainsKey(consultant)) turn.Add(new DistributorEvent.RestEnded(queue, consultant, turn.Now));
    }

    /// <summary>Never shorter than the queue's own pause, which may be longer than the bound.</summary>
    static TimeSpan Length(TimeSpan pause, int failures)
    {
        var doubled = pause * Math.Pow(2, Math.Min(failures, 20) - 1);
        return doubled < _longest ? doubled : pause > _longest ? pause : _longest;
    }
}
