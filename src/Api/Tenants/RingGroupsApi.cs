using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>Grupy: extensions that ring under one number.</summary>
static class RingGroupsApi
{
    public static void MapRingGroups(this RouteGroupBuilder tenant)
    {
        var groups = tenant.MapGroup("/ring-groups").WithTags("Ring groups");
        groups.MapGet("", List).For(UserRole.Consultant).WithSummary("List ring groups");
        groups.MapPost("", Create).For(UserRole.Administrator).WithSummary("Create a ring group");
        groups.MapGet("/{group}", Get).For(UserRole.Consultant).WithSummary("Get a ring group");
        groups.MapPut("/{group}", Put).For(UserRole.Administrator).WithSummary("Replace all settings of a ring group");
        groups.MapDelete("/{group}", Delete).For(UserRole.Administrator).WithSummary("Delete a ring group to which nothing leads");
    }

    static async Task<Results<Ok<ListOf<RingGroupView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<RingGroupView>.Page((await desk.Tenant(tenantId, stop)).RingGroups.Values, page, group => group.Number.Value, RingGroupView.Of));

    static Task<Results<Tagged<RingGroupView>, Refused>> Get(TenantId tenantId, ExtensionNumber group, EntityDesk desk, CancellationToken stop) =>
        Show(tenantId, group, desk, null, stop);

    static async Task<Results<Tagged<RingGroupView>, Refused>> Create(TenantId tenantId, Body<NewRingGroupInput> body, EntityDesk desk, CancellationToken stop)
    {
        body.Faults.Extension("number", body.Value.Number, out var number);
        var made = body.Value.ToGroup(number ?? default, await desk.Tenant(tenantId, stop), body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.CreateRingGroup(made), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, made.Number, desk, $"/api/v1/tenants/{tenantId}/ring-groups/{made.Number}", stop);
    }

    static async Task<Results<Tagged<RingGroupView>, Refused>> Put(
        TenantId tenantId, ExtensionNumber group, Body<RingGroupInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk,
        CancellationToken stop)
    {
        var changed = body.Value.ToGroup(group, await desk.Tenant(tenantId, stop), body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.UpdateRingGroup(changed, ETags.Version(ifMatch)), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, group, desk, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, ExtensionNumber group, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteRingGroup(group, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static async Task<Results<Tagged<RingGroupView>, Refused>> Show(
        TenantId tenantId, ExtensionNumber number, EntityDesk desk, string? location, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).RingGroups.GetValueOrDefault(number) is { } found
            ? new Tagged<RingGroupView>(RingGroupView.Of(found), found.Version, location)
            : Refused.With(Refusals.NoSuchRingGroup);
}
