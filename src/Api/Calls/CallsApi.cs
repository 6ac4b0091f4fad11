using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Calls;

/// <summary>Calls that are up: seeing, beginning and steering them.</summary>
static class CallsApi
{
    public static void MapCalls(this RouteGroupBuilder tenant)
    {
        var calls = tenant.MapGroup("/calls").WithTags("Calls");
        calls.MapGet("", List).For(UserRole.Consultant).WithSummary("List live calls");
        calls.MapPost("", Start).For(UserRole.Consultant).WithSummary("Ring an extension, then call a number");
        calls.MapGet("/{id}", Get).For(UserRole.Consultant).WithSummary("Get a live call");
        calls.MapDelete("/{id}", HangUp).For(UserRole.Supervisor).WithSummary("Hang up");
        calls.MapPost("/{id}/transfer", Transfer).For(UserRole.Supervisor).WithSummary("Transfer blindly");
        calls.MapPost("/{id}/hold", Hold).For(UserRole.Supervisor).WithSummary("Put on hold");
        calls.MapPost("/{id}/resume", Resume).For(UserRole.Supervisor).WithSummary("Take back from hold");
        calls.MapPost("/{id}/dtmf", SendDigits).For(UserRole.Supervisor).WithSummary("Send DTMF digits");
        calls.MapGet("/{id}/timeline", GetTimeline).For(UserRole.Supervisor).WithSummary("What the call did, step by step; also after its end");
    }

    static Ok<ListOf<CallView>> List(TenantId tenantId, [AsParameters] PageQuery page, LiveCalls live) =>
        TypedResults.Ok(ListOf<CallView>.Page(
            live.Of(tenantId).OrderBy(call => call.Id.Value, StringComparer.Ordinal), page, call => call.Id.Value, CallView.Of));

    static Results<Ok<CallView>, Refused> Get(TenantId tenantId, string id, LiveCalls live) =>
        live.Of(tenantId).FirstOrDefault(call => call.Id.Value == id) is { } call ? TypedResults.Ok(CallView.Of(call)) : Refused.With(ApiCodes.NoSuchCall);

    static async Task<Results<Created<CallOrdered>, Refused>> Start(
        TenantId tenantId, Body<CallInput> body, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, CallOrders orders, CancellationToken stop)
    {
        var order = body.Value.ToOrder(tenantId, body.Faults);
        if (idempotencyKey is { Length: > IdempotencyKeys.MaxLength })
            body.Faults.Add("Idempotency-Key", $"is longer than {IdempotencyKeys.MaxLength} characters");
        if (body.Refusal is { } wrong) return wrong;
        var (call, refused) = await orders.Place(order, idempotencyKey, stop);
        return refused is null
            ? TypedResults.Created($"/api/v1/tenants/{tenantId}/calls/{call}", new CallOrdered(call.Value, order.From, order.To))
            : refused;
    }

    static Task<Results<NoContent, Refused>> HangUp(TenantId tenantId, string id, LiveCalls live, EntityDesk desk, CancellationToken stop) =>
        Tell(tenantId, id, new CallCommand.HangUp(EndCause.HungUp), live, desk, stop);

    static async Task<Results<NoContent, Refused>> Transfer(
        TenantId tenantId, string id, Body<TransferInput> body, LiveCalls live, EntityDesk desk, CancellationToken stop)
    {
        var target = body.Faults.Dialled("to", body.Value.To, required: true);
        if (body.Refusal is { } wrong) return wrong;
        return await Tell(tenantId, id, new CallCommand.TransferTo(body.Value.Leg, target!.ToString()!), live, desk, stop);
    }

    static Task<Results<NoContent, Refused>> Hold(
        TenantId tenantId, string id, [FromQuery(Name = "leg")] int? leg, LiveCalls live, EntityDesk desk, CancellationToken stop) =>
        Tell(tenantId, id, new CallCommand.Hold(leg, true), live, desk, stop);

    static Task<Results<NoContent, Refused>> Resume(
        TenantId tenantId, string id, [FromQuery(Name = "leg")] int? leg, LiveCalls live, EntityDesk desk, CancellationToken stop) =>
        Tell(tenantId, id, new CallCommand.Hold(leg, false), live, desk, stop);

    static async Task<Results<NoContent, Refused>> SendDigits(
        TenantId tenantId, string id, Body<DtmfInput> body, LiveCalls live, EntityDesk desk, CancellationToken stop)
    {
        var digits = body.Value.Check(body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        return await Tell(tenantId, id, new CallCommand.SendDigits(body.Value.Leg, digits), live, desk, stop);
    }

    static async Task<Results<Ok<ListOf<TimelineView>>, Refused>> GetTimeline(
        TenantId tenantId, string id, LiveCalls live, EntityDesk desk, IReadModels models, CancellationToken stop)
    {
        var call = new CallId(id).Entity(tenantId);
        if (live.Has(call)) return TypedResults.Ok(TimelineView.List(
            await desk.Ask<IReadOnlyList<Actors.Calls.Timeline.TimelineEntry>>(call, new GetTimeline(), stop)));
        if (await Stored() is { } timeline) return TypedResults.Ok(timeline);
        if (await models.Get(CdrQuery.Model, tenantId, id, stop) is null) return Refused.With(ApiCodes.NoSuchCall);

        // It has ended, and its farewells are not all answered: the actor still has the timeline, or has stored it meanwhile.
        var entries = await desk.Ask<IReadOnlyList<Actors.Calls.Timeline.TimelineEntry>>(call, new GetTimeline(), stop);
        return TypedResults.Ok(entries.Count > 0 ? TimelineView.List(entries) : await Stored() ?? TimelineView.List([]));

        async Task<ListOf<TimelineView>?> Stored() =>
            await models.Get(TimelineView.Model, tenantId, id, stop) is { } row ? TimelineView.Read(row.Json) : null;
    }

    /// <summary>Only calls that are up are spoken to: a message to any other id would begin an actor for nothing.</summary>
    static async Task<Results<NoContent, Refused>> Tell(
        TenantId tenant, string id, CallCommand command, LiveCalls live, EntityDesk desk, CancellationToken stop)
    {
        var call = new CallId(id).Entity(tenant);
        if (!live.Has(call)) return Refused.With(ApiCodes.NoSuchCall);
        return await desk.Tell(call, command, stop) is { } refused ? Refused.By(refused) : TypedResults.NoContent();
    }
}
