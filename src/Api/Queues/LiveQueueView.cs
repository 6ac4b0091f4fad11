using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Api.Queues;

/// <summary>
/// A queue now: who waits, in order, and what each agent does. <c>averageTalkSeconds</c> is how long agents talk, <c>averageHandlingSeconds</c> the same with
/// wrap-up; both 0 before the first call.
/// </summary>
public sealed record LiveQueueView(
    string Queue, string Name, IReadOnlyList<WaitingView> Waiting, IReadOnlyList<AgentView> Agents, int LongestWaitSeconds, int AverageTalkSeconds,
    int AverageHandlingSeconds, DateTimeOffset At)
{
    internal static LiveQueueView Of(TenantState tenant, Queue queue, DistributorState? live, LiveCalls calls, IQueueWorld world, DateTimeOffset now)
    {
        var state = live?.Queues.GetValueOrDefault(queue.Number) ?? new QueueState(queue.Number);
        var estimate = QueueEstimate.Now(queue, live, world, now);
        var waiting = state.Waiting.Select((caller, index) => WaitingView.Of(caller, index + 1, estimate.Of(index + 1), now)).ToList();
        return new(
            queue.Number.Value, queue.Name, waiting, [.. AgentView.AllOf(tenant, queue, live, calls, world, now)],
            waiting.Select(caller => caller.WaitedSeconds).DefaultIfEmpty().Max(),
            (int)state.AverageTalked.TotalSeconds, (int)state.AverageHandling.TotalSeconds, now);
    }
}

/// <summary>
/// Somebody who waits: on the line, or (<c>callBack</c>) hung up and to be called back. <c>ringing</c> are the agents who are being rung for him;
/// <c>expectedWaitSeconds</c> count from now.
/// </summary>
public sealed record WaitingView(
    int Position, string Call, string Caller, string? CallerName, string? Skill, DateTimeOffset Since, int WaitedSeconds, int? ExpectedWaitSeconds, bool CallBack,
    IReadOnlyList<string> Ringing)
{
    internal static WaitingView Of(WaitingCaller caller, int position, TimeSpan? expected, DateTimeOffset now) => new(
        position, caller.Ticket.Call.Value, caller.Caller, caller.CallerName, caller.Skill, caller.Since, (int)Math.Max(0, (now - caller.Since).TotalSeconds),
        (int?)expected?.TotalSeconds, caller.CallBack is not null, [.. (caller.Offer?.Consultants ?? []).Select(consultant => consultant.Value)]);
}
