namespace TeleCube.Actors.Queues;

/// <summary>Why a consultant who is logged in gets no calls now: the code of an <c>EndCause</c>, words for people, and until when where that is known.</summary>
public sealed record NotRung(string Cause, string Text, DateTimeOffset? Until = null)
{
    /// <summary>He rests after calls to him that came to nothing, or his phone cannot be rung; null: neither.</summary>
    public static NotRung? Now(DistributorState? live, IQueueWorld world, Queue queue, ConsultantId consultant, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(world);
        return live?.RestOf(consultant, now) is { } rest ? Resting(rest) : world.WhyNotRung(queue, consultant);
    }

    static NotRung Resting(ConsultantRest rest) =>
        new(rest.Cause, rest.Failures == 1 ? $"was dialled in vain ({rest.Cause})" : $"was dialled in vain {rest.Failures} times ({rest.Cause})", rest.Until);
}
