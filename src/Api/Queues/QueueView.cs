using TeleCube.Actors.Queues;

namespace TeleCube.Api.Queues;

/// <summary>A queue as it is set up; who waits in it now is at <c>live</c>.</summary>
public sealed record QueueView(
    string Number, string Name, IReadOnlyList<LinkedConsultantView> Consultants, QueueStrategy Strategy, string? Welcome, string? Music, int AnnounceEverySeconds,
    bool AnnouncesPosition, bool AnnouncesWait, string? Periodic, int PeriodicEverySeconds, int RingSeconds, int RetryPauseSeconds, int WrapUpSeconds,
    int MaxWaitSeconds, int MaxLength, int Weight, EmptyQueue WhenEmpty, string? CallBackKey, string? ExitKey, bool FollowForwards, bool RingsBusy,
    int PauseAfterMisses, int ServiceLevelSeconds)
{
    internal static QueueView Of(Queue queue) => new(
        queue.Number.Value, queue.Name, [.. queue.Consultants.Select(LinkedConsultantView.Of)], queue.Strategy, queue.Welcome?.Value, queue.Music?.Value,
        Seconds(queue.AnnounceEvery), queue.AnnouncesPosition, queue.AnnouncesWait, queue.Periodic?.Value, Seconds(queue.PeriodicEvery), Seconds(queue.RingFor),
        Seconds(queue.RetryPause), Seconds(queue.WrapUp), Seconds(queue.MaxWait), queue.MaxLength, queue.Weight, queue.WhenEmpty, queue.CallBackKey?.ToString(),
        queue.ExitKey?.ToString(), queue.FollowForwards, queue.RingsBusy, queue.PauseAfterMisses, Seconds(queue.ServiceLevel));

    static int Seconds(TimeSpan time) => (int)time.TotalSeconds;
}

/// <summary>A linked consultant: an extension, or <c>external:</c> and an external number's id.</summary>
public sealed record LinkedConsultantView(string Id, bool PressOne, IReadOnlyList<string> Skills, int Priority)
{
    internal static LinkedConsultantView Of(LinkedConsultant linked) => new(linked.Id.Value, linked.PressOne, linked.Skills, linked.Priority);
}
