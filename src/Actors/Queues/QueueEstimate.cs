namespace TeleCube.Actors.Queues;

/// <summary>How long a caller will wait, as far as that can be told.</summary>
public static class QueueEstimate
{
    /// <summary>
    /// Each consultant who is logged in and not paused takes a call in the average time, so each caller in front and this one wait for one of
    /// them. Null while nobody is there, or nobody has talked yet.
    /// </summary>
    public static TimeSpan? Of(int position, TimeSpan averageTalk, int consultants) =>
        position < 1 || consultants < 1 || averageTalk <= TimeSpan.Zero ? null : averageTalk * position / consultants;
}
