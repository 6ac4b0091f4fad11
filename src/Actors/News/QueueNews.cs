using System.Text.Json;
using TeleCube.Actors.Queues;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.News;

/// <summary>What a tenant's outsiders are told of its queues; a public format, to which fields are only ever added.</summary>
public sealed record QueueNews
{
    public required string Queue { get; init; }

    public string? Call { get; init; }

    public string? Caller { get; init; }

    public string? Consultant { get; init; }

    /// <summary>Where a caller came in, or from where he left.</summary>
    public int? Position { get; init; }

    /// <summary>How many wait now, those who are to be called back with them.</summary>
    public int? Waiting { get; init; }

    public int? WaitedSeconds { get; init; }

    public int? TalkedSeconds { get; init; }

    /// <summary>How a caller left, or why a consultant is paused.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Of a consultant: <c>idle</c>, <c>ringing</c>, <c>talking</c>, <c>wrapping-up</c>, <c>logged-in</c>, <c>logged-out</c>, <c>paused</c>,
    /// <c>unpaused</c>.
    /// </summary>
    public string? State { get; init; }

    /// <summary>What an event is to outsiders. <paramref name="before"/> is the journal's state before the event's turn.</summary>
    public static IEnumerable<StoreWrite> Of(TenantId tenant, DistributorEvent happened, DistributorState before, DistributorState after) =>
        OfCallers(happened, after).Concat(OfConsultants(happened, before, after)).Select(told =>
            new StoreWrite.Publish(tenant, told.Type, happened.At, JsonSerializer.Serialize(told.News, NewsJson.Default.QueueNews)));

    static IEnumerable<(string Type, QueueNews News)> OfCallers(DistributorEvent happened, DistributorState after)
    {
        var queue = new QueueNews { Queue = happened.Queue.Value, Waiting = after.Queues.GetValueOrDefault(happened.Queue)?.Waiting.Length ?? 0 };
        return happened switch
        {
            DistributorEvent.Joined e => [("queue.joined", queue with { Call = e.Caller.Ticket.Call.Value, Caller = e.Caller.Caller, Position = e.Position })],
            DistributorEvent.TurnedAway e => [("queue.turned-away", queue with { Call = e.Ticket.Call.Value, Caller = e.Caller, Reason = Name(e.Why) })],
            DistributorEvent.Left e =>
                [("queue.left",
                    queue with { Call = e.Ticket.Call.Value, Position = e.Position, Reason = Name(e.Why), WaitedSeconds = (int)e.Waited.TotalSeconds })],
            DistributorEvent.Answered e =>
                [("queue.answered",
                    queue with { Call = (e.CallBack ?? e.Ticket).Call.Value, Consultant = e.By.Value, WaitedSeconds = (int)e.Waited.TotalSeconds })],
            DistributorEvent.CallBackAsked e => [("queue.call-back-asked", queue with { Call = e.Ticket.Call.Value })],
            DistributorEvent.CallBackFailed e => [("queue.call-back-failed", queue with { Call = e.Ticket.Call.Value, Reason = e.Cause })],
            _ => [],
        };
    }

    static IEnumerable<(string Type, QueueNews News)> OfConsultants(DistributorEvent happened, DistributorState before, DistributorState after)
    {
        var queue = new QueueNews { Queue = happened.Queue.Value };
        IEnumerable<QueueNews> told = happened switch
        {
            DistributorEvent.Offered e =>
                e.Consultants.Select(consultant => queue with { Consultant = consultant.Value, State = "ringing", Call = e.By.Call.Value }),
            DistributorEvent.Declined e => [queue with { Consultant = e.By.Consultant.Value, State = "idle", Reason = e.By.Cause }],
            DistributorEvent.OfferFailed e => Freed(queue, e.Ticket, before, after),
            DistributorEvent.Left e => Freed(queue, e.Ticket, before, after),
            DistributorEvent.Answered e =>
                [queue with { Consultant = e.By.Value, State = "talking", Call = (e.CallBack ?? e.Ticket).Call.Value },
                    .. Freed(queue, e.Ticket, before, after)],
            DistributorEvent.TalkEnded e =>
                [queue with { Consultant = e.By.Value, State = e.WrapUp > TimeSpan.Zero ? "wrapping-up" : "idle", TalkedSeconds = (int)e.Talked.TotalSeconds }],
            DistributorEvent.WrapUpEnded e => [queue with { Consultant = e.Consultant.Value, State = "idle" }],
            DistributorEvent.Released e => [queue with { Consultant = e.Consultant.Value, State = "idle" }],
            DistributorEvent.LoggedIn e => [queue with { Consultant = e.Consultant.Value, State = "logged-in" }],
            DistributorEvent.LoggedOut e => [queue with { Consultant = e.Consultant.Value, State = "logged-out" }],
            DistributorEvent.Paused e => [queue with { Consultant = e.Consultant.Value, State = "paused", Reason = e.Reason }],
            DistributorEvent.Unpaused e => [queue with { Consultant = e.Consultant.Value, State = "unpaused" }],
            _ => [],
        };
        return told.Select(news => ("consultant.state", news));
    }

    /// <summary>Those of an offer that is over who are idle now.</summary>
    static IEnumerable<QueueNews> Freed(QueueNews queue, QueueTicket ticket, DistributorState before, DistributorState after) =>
        (before.Queues.Values.SelectMany(some => some.Waiting).FirstOrDefault(caller => caller.Ticket == ticket)?.Offer?.Consultants ?? [])
            .Where(consultant => !after.Consultants.ContainsKey(consultant))
            .Select(consultant => queue with { Consultant = consultant.Value, State = "idle" });

    static string Name(QueueExit why) => JsonNamingPolicy.KebabCaseLower.ConvertName(why.ToString());
}
