using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>A company's queues and phones, set up by hand.</summary>
sealed class QueueTestWorld : IQueueWorld
{
    public Dictionary<ExtensionNumber, Queue> Queues { get; } = [];

    /// <summary>Deleted.</summary>
    public HashSet<ConsultantId> Gone { get; } = [];

    /// <summary>Busy, do-not-disturb, not registered.</summary>
    public HashSet<ConsultantId> Away { get; } = [];

    public bool IsKnown { get; set; } = true;

    public DateOnly? Day { get; set; }

    public Queue? Find(ExtensionNumber queue) => IsKnown ? Queues.GetValueOrDefault(queue) : null;

    public bool Exists(ConsultantId consultant) => !Gone.Contains(consultant);

    public NotRung? WhyNotRung(Queue queue, ConsultantId consultant) =>
        Exists(consultant) && !Away.Contains(consultant) ? null : new NotRung("unreachable", "no phone is registered");

    public DateOnly Today(DateTimeOffset now) => Day ?? DateOnly.FromDateTime(now.UtcDateTime);

    public string? CallBackNumber(string number) => number.StartsWith("+48", StringComparison.Ordinal) ? number : null;
}
