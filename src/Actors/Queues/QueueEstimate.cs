namespace TeleCube.Actors.Queues;

/// <summary>How long callers of a queue will wait from now on, as far as that can be told.</summary>
public sealed class QueueEstimate
{
    readonly TimeSpan _each;
    readonly int _takers;

    QueueEstimate(TimeSpan each, int takers) => (_each, _takers) = (each, takers);

    /// <summary>
    /// Those take calls who are at work for a queue, or whose phone could be rung but for another call of theirs. A talk that lasts longer than the average
    /// counts with what it has lasted, or a caller behind a long one would be told the same for as long as it goes on.
    /// </summary>
    public static QueueEstimate Now(Queue queue, DistributorState? live, IQueueWorld world, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(world);
        if (live?.Queues.GetValueOrDefault(queue.Number) is not { AverageHandling.Ticks: > 0 } state) return new(TimeSpan.Zero, 0);
        var takers = Roster.Active(queue, state, world.Exists)
            .Where(id => live.Consultants.ContainsKey(id) || NotRung.Now(live, world, queue, id, now) is null or { Cause: "busy", Until: null }).ToList();
        var each = takers.Select(id => live.Consultants.GetValueOrDefault(id) is { Activity: ConsultantActivity.Talking } talks
            ? Math.Max(state.AverageHandling.Ticks, (now - talks.Since).Ticks)
            : state.AverageHandling.Ticks);
        return new(TimeSpan.FromTicks((long)each.DefaultIfEmpty().Average()), takers.Count);
    }

    public TimeSpan? Of(int position) => Of(position, _each, _takers);

    /// <summary>
    /// Each consultant who can be had takes a call in that time, so each caller in front and this one wait for one of them. Null while nobody is there, or
    /// nobody has talked yet.
    /// </summary>
    public static TimeSpan? Of(int position, TimeSpan each, int consultants) =>
        position < 1 || consultants < 1 || each <= TimeSpan.Zero ? null : each * position / consultants;
}
