using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Api.Tenants;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Queues;

/// <summary>Kolejki.</summary>
static class QueuesApi
{
    public static void MapQueues(this RouteGroupBuilder tenant)
    {
        var queues = tenant.MapGroup("/queues").WithTags("Queues");
        queues.MapGet("", List).For(UserRole.Consultant).WithSummary("List queues");
        queues.MapPost("", Create).For(UserRole.Administrator).WithSummary("Create a queue");
        queues.MapGet("/{queue}", Get).For(UserRole.Consultant).WithSummary("Get a queue");
        queues.MapPut("/{queue}", Put).For(UserRole.Administrator).WithSummary("Replace all settings of a queue");
        queues.MapDelete("/{queue}", Delete).For(UserRole.Administrator).WithSummary("Delete a queue to which nothing leads");
    }

    static async Task<Results<Ok<ListOf<QueueView>>, Refused>> List(TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<QueueView>.Page((await desk.Tenant(tenantId, stop)).Queues.Values, page, queue => queue.Number.Value, QueueView.Of));

    static Task<Results<Tagged<QueueView>, Refused>> Get(TenantId tenantId, ExtensionNumber queue, EntityDesk desk, CancellationToken stop) =>
        Show(tenantId, queue, desk, null, stop);

    static async Task<Results<Tagged<QueueView>, Refused>> Create(
        TenantId tenantId, Body<NewQueueInput> body, EntityDesk desk, INumberInfo plan, ISounds sounds, CancellationToken stop)
    {
        body.Faults.Extension("number", body.Value.Number, out var number);
        var tenant = await desk.Tenant(tenantId, stop);
        var made = Checked(body.Value.ToQueue(number ?? default, tenant, plan, body.Faults), tenant, body.Faults);
        MusicClassesApi.Check("music", made.Music, tenant, sounds, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.CreateQueue(made), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, made.Number, desk, $"/api/v1/tenants/{tenantId}/queues/{made.Number}", stop);
    }

    static async Task<Results<Tagged<QueueView>, Refused>> Put(
        TenantId tenantId, ExtensionNumber queue, Body<QueueInput> body, [FromHeader(Name = "If-Match")] string? ifMatch,
        EntityDesk desk, INumberInfo plan, ISounds sounds, CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        if (!tenant.Queues.ContainsKey(queue)) return Refused.With(Refusals.NoSuchQueue);
        var changed = Checked(body.Value.ToQueue(queue, tenant, plan, body.Faults), tenant, body.Faults);
        MusicClassesApi.Check("music", changed.Music, tenant, sounds, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.UpdateQueue(changed, ETags.Version(ifMatch)), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, queue, desk, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, ExtensionNumber queue, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteQueue(queue, ETags.Version(ifMatch)), stop) is { } refused ? Refused.By(refused) : TypedResults.NoContent();

    static async Task<Results<Tagged<QueueView>, Refused>> Show(TenantId tenantId, ExtensionNumber number, EntityDesk desk, string? location, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).Queues.GetValueOrDefault(number) is { } found
            ? new Tagged<QueueView>(QueueView.Of(found), found.Version, location)
            : Refused.With(Refusals.NoSuchQueue);

    /// <summary>The queue's own rules, each told by its field.</summary>
    static Queue Checked(Queue queue, TenantState tenant, Faults faults)
    {
        foreach (var fault in QueueFaults.Of(queue, tenant))
            if (!faults.Has(fault.Field)) faults.Add(fault.Field, fault.Text);
        return queue;
    }
}
