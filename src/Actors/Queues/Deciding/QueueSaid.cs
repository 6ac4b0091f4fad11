using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>What calls are told when the events of a turn are durable.</summary>
public abstract record QueueSaid
{
    QueueSaid() { }

    /// <summary>The call that is told, and in which words.</summary>
    public (QueueTicket To, CallCommand Words) For(TenantId tenant) => this switch
    {
        Notice(var to, var what) => (to, new CallCommand.QueueSays(to, what)),
        CallBack(var order) => (order.Ticket, new CallCommand.CallBack(tenant, order)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public sealed record Notice(QueueTicket To, QueueNotice What) : QueueSaid;

    /// <summary>A call is to begin that calls somebody back.</summary>
    public sealed record CallBack(CallBackOrder Order) : QueueSaid;
}
