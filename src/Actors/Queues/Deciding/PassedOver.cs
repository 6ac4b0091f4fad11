using System.Collections.Immutable;
using System.Globalization;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>Who was not rung, though he stands in the queue's list, and why: for the caller's timeline.</summary>
static class PassedOver
{
    const int MostNamed = 5;

    /// <summary>Null: nobody. Where the order of the list alone decides, whoever stands behind those who are rung was not passed over.</summary>
    public static string? By(DistributorTurn turn, Queue queue, WaitingCaller caller, ImmutableArray<ConsultantId> rung, bool newRound)
    {
        var state = turn.QueueOf(queue.Number);
        var all = queue.Consultants.Select(link => link.Id).Concat(state.LoggedIn).Distinct();
        var others = queue.Strategy is QueueStrategy.InOrder ? all.TakeWhile(id => !rung.Contains(id)) : all.Where(id => !rung.Contains(id));
        var named = others.Select(id => (Id: id, Why: Why(turn, queue, state, caller, id, newRound)))
            .Where(one => one.Why is not null).Take(MostNamed + 1).Select(one => $"{one.Id} ({one.Why})").ToList();
        return named.Count == 0 ? null : string.Join(", ", named.Take(MostNamed)) + (named.Count > MostNamed ? " and others" : "");
    }

    static string? Why(DistributorTurn turn, Queue queue, QueueState state, WaitingCaller caller, ConsultantId id, bool newRound)
    {
        if (!turn.World.Exists(id)) return null;
        if (state.LoggedOut.Contains(id)) return "logged out";
        if (state.Paused.ContainsKey(id)) return "paused";
        if (turn.State.Consultants.GetValueOrDefault(id) is { } busy) return Doing(busy.Activity);
        if (NotRungNow(turn, queue, id) is { } why) return why;
        if (caller.Skill is { } skill && queue.LinkOf(id)?.Skills.Contains(skill) is not true) return $"has no skill '{skill}'";
        if (!newRound && caller.Tried.Contains(id)) return "has just not taken it";
        return queue.Strategy is QueueStrategy.InOrder ? "is kept for who waits longer" : null;
    }

    static string? NotRungNow(DistributorTurn turn, Queue queue, ConsultantId id)
    {
        if (turn.State.RestOf(id, turn.Now) is null) return turn.WhyNotRung(queue, id)?.Text;
        var rests = NotRung.Now(turn.State, turn.World, queue, id, turn.Now)!;
        return string.Create(CultureInfo.InvariantCulture, $"{rests.Text}, rests for {(rests.Until! - turn.Now).Value.TotalSeconds:0} s");
    }

    static string Doing(ConsultantActivity activity) => activity switch
    {
        ConsultantActivity.Ringing => "is being rung",
        ConsultantActivity.Talking => "talks",
        _ => "wraps up",
    };
}
