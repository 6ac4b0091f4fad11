using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Queues;

/// <summary>The consultants of a queue as they are now, and who waits in it.</summary>
static class AgentsApi
{
    public static void MapAgents(this RouteGroupBuilder tenant)
    {
        var queue = tenant.MapGroup("/queues/{queue}").WithTags("Queues");
        queue.MapGet("/live", Live).For(UserRole.Consultant).WithSummary("Who waits, in order, and what each agent does");
        queue.MapGet("/agents", List).For(UserRole.Consultant).WithSummary("List the queue's agents and what each does now");
        queue.MapPost("/agents/{consultant}/login", LogIn).For(UserRole.Supervisor).WithSummary("Log an agent in: a linked one, or any extension");
        queue.MapPost("/agents/{consultant}/logout", LogOut).For(UserRole.Supervisor).WithSummary("Log an agent out: no calls, the link stays");
        queue.MapPost("/agents/{consultant}/pause", Pause).For(UserRole.Supervisor).WithSummary("Give an agent no calls for a while");
        queue.MapPost("/agents/{consultant}/unpause", Unpause).For(UserRole.Supervisor).WithSummary("End an agent's pause");
    }

    static async Task<Results<Ok<LiveQueueView>, Refused>> Live(
        TenantId tenantId, ExtensionNumber queue, EntityDesk desk, IQueues queues, LiveCalls calls, QueueConditions conditions, TimeProvider clock,
        CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        return tenant.Queues.GetValueOrDefault(queue) is { } found
            ? TypedResults.Ok(LiveQueueView.Of(tenant, found, queues.Find(tenantId), calls, conditions.Of(tenant), clock.GetUtcNow()))
            : Refused.With(Refusals.NoSuchQueue);
    }

    static async Task<Results<Ok<ListOf<AgentView>>, Refused>> List(
        TenantId tenantId, ExtensionNumber queue, [AsParameters] PageQuery page, EntityDesk desk, IQueues queues, LiveCalls calls, QueueConditions conditions,
        TimeProvider clock, CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        if (tenant.Queues.GetValueOrDefault(queue) is not { } found) return Refused.With(Refusals.NoSuchQueue);
        var agents = AgentView.AllOf(tenant, found, queues.Find(tenantId), calls, conditions.Of(tenant), clock.GetUtcNow());
        return TypedResults.Ok(ListOf<AgentView>.Page(agents, page, agent => agent.Id, agent => agent));
    }

    static Task<Results<NoContent, Refused>> LogIn(TenantId tenantId, ExtensionNumber queue, ConsultantId consultant, EntityDesk desk, CancellationToken stop) =>
        Tell(tenantId, new DistributorCommand.LogIn(queue, consultant), desk, stop);

    static Task<Results<NoContent, Refused>> LogOut(TenantId tenantId, ExtensionNumber queue, ConsultantId consultant, EntityDesk desk, CancellationToken stop) =>
        Tell(tenantId, new DistributorCommand.LogOut(queue, consultant), desk, stop);

    static async Task<Results<NoContent, Refused>> Pause(
        TenantId tenantId, ExtensionNumber queue, ConsultantId consultant, Body<PauseInput> body, EntityDesk desk, CancellationToken stop)
    {
        var reason = body.Value.CheckReason(body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        return await Tell(tenantId, new DistributorCommand.Pause(queue, consultant, reason), desk, stop);
    }

    static Task<Results<NoContent, Refused>> Unpause(TenantId tenantId, ExtensionNumber queue, ConsultantId consultant, EntityDesk desk, CancellationToken stop) =>
        Tell(tenantId, new DistributorCommand.Unpause(queue, consultant), desk, stop);

    static async Task<Results<NoContent, Refused>> Tell(TenantId tenantId, DistributorCommand command, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, command, stop) is { } refused ? Refused.By(refused) : TypedResults.NoContent();
}

/// <summary>Why an agent gets no calls for a while.</summary>
public sealed record PauseInput
{
    const int MaxReason = 100;

    public string? Reason { get; init; }

    internal string? CheckReason(Faults faults) => faults.Optional("reason", Reason, MaxReason) is { Length: > 0 } reason ? reason : null;
}
