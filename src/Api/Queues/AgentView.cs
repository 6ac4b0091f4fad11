using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Api.Queues;

/// <summary>
/// What an agent does. Whoever is busy for another of the company's queues is busy here too; <c>busy</c> is a call that no queue brought, for which he is not
/// rung unless the queue rings the busy.
/// </summary>
public enum AgentState { LoggedOut, Paused, Idle, Busy, Ringing, Talking, WrappingUp }

/// <summary>
/// An agent of a queue: an extension, or <c>external:</c> and an external number's id. <c>busyFor</c> is the queue for which he rings, talks or wraps up, <c>since</c> when;
/// <c>takenToday</c> are the calls of this queue; <c>notRung</c> is why an idle one gets no calls all the same.
/// </summary>
public sealed record AgentView(
    string Id, string Description, AgentState State, bool Linked, bool LoggedIn, PauseView? Pause, string? BusyFor, string? Call, DateTimeOffset? Since, DateTimeOffset? Until,
    int TakenToday, int MissedInRow, DateTimeOffset? LastEnded, NotRungView? NotRung)
{
    /// <summary>The linked ones in their order, also those who are logged out; then those who have logged in by code.</summary>
    internal static IEnumerable<AgentView> AllOf(
        TenantState tenant, Queue queue, DistributorState? live, LiveCalls calls, IQueueWorld world, DateTimeOffset now)
    {
        var state = live?.Queues.GetValueOrDefault(queue.Number);
        var loggedIn = Roster.LoggedIn(queue, state, _ => true);
        return queue.Consultants.Select(linked => linked.Id).Concat(state?.LoggedIn ?? []).Distinct()
            .Select(id =>
            {
                var view = Of(tenant, queue, id, loggedIn.Contains(id), state, live?.Consultants.GetValueOrDefault(id), calls);
                var why = view.State is AgentState.Idle or AgentState.Busy ? Actors.Queues.NotRung.Now(live, world, queue, id, now) : null;
                return why is null ? view : view with { NotRung = new NotRungView(why.Cause, why.Text, why.Until) };
            });
    }

    static AgentView Of(TenantState tenant, Queue queue, ConsultantId id, bool loggedIn, QueueState? state, ConsultantState? busy, LiveCalls calls)
    {
        var (pause, tally) = (state?.Paused.GetValueOrDefault(id), state?.Tallies.GetValueOrDefault(id));
        var does = StateOf(busy, loggedIn, pause);
        if (does is AgentState.Idle && IsOnCall(tenant, id, calls)) does = AgentState.Busy;
        return new(
            id.Value, DescriptionOf(tenant, id), does, queue.LinkOf(id) is not null, loggedIn,
            pause is null ? null : new PauseView(pause.Reason, pause.Since, pause.Automatic),
            busy?.Queue.Value, busy?.Ticket.Call.Value, busy?.Since, busy?.Until, tally?.Taken ?? 0, tally?.Missed ?? 0, tally?.LastEnded, null);
    }

    static AgentState StateOf(ConsultantState? busy, bool loggedIn, ConsultantPause? pause) => busy?.Activity switch
    {
        ConsultantActivity.Ringing => AgentState.Ringing,
        ConsultantActivity.Talking => AgentState.Talking,
        ConsultantActivity.WrappingUp => AgentState.WrappingUp,
        _ => !loggedIn ? AgentState.LoggedOut : pause is not null ? AgentState.Paused : AgentState.Idle,
    };

    /// <summary>By what the call distributor looks at before it has somebody rung.</summary>
    static bool IsOnCall(TenantState tenant, ConsultantId id, LiveCalls calls) => id switch
    {
        { External: { } external } => tenant.ExternalNumbers.TryGetValue(external, out var number) && calls.IsTalking(number.Number.Value),
        { Extension: { } extension } => calls.CallsOf(tenant.Id, extension.Value, except: "") > 0,
        _ => false,
    };

    static string DescriptionOf(TenantState tenant, ConsultantId id) =>
        id.External is { } external ? tenant.ExternalNumbers.GetValueOrDefault(external)?.Description ?? ""
        : id.Extension is { } number ? tenant.Extensions.GetValueOrDefault(number)?.Description ?? "" : "";
}

/// <summary>A pause; an automatic one came of calls that he did not take.</summary>
public sealed record PauseView(string? Reason, DateTimeOffset Since, bool Automatic);

/// <summary>
/// Why an idle agent gets no calls now: a code as calls end with it (<c>unreachable</c>: no phone is registered, <c>do-not-disturb</c>, <c>busy</c>), words, and
/// <c>until</c> when one rests who was dialled outside in vain.
/// </summary>
public sealed record NotRungView(string Because, string Text, DateTimeOffset? Until);
