using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Calls.Model;

/// <summary>A wait in a queue, and how it ended; null while it goes on.</summary>
public sealed record QueueStay(QueueTicket Ticket, string Queue, DateTimeOffset Since)
{
    public QueueExit? Exit { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Who took the call.</summary>
    public ConsultantId? By { get; init; }

    /// <summary>The extension that picked the caller up while a consultant's phone rang.</summary>
    public string? PickedUpBy { get; init; }
}
