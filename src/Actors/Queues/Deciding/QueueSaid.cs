namespace TeleCube.Actors.Queues.Deciding;

/// <summary>What calls are told when the events of a turn are durable.</summary>
public abstract record QueueSaid
{
    QueueSaid() { }

    public sealed record Notice(QueueTicket To, QueueNotice What) : QueueSaid;

    /// <summary>A call is to begin that calls somebody back.</summary>
    public sealed record CallBack(CallBackOrder Order) : QueueSaid;
}
