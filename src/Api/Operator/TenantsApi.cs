using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Operator;

/// <summary>The operator's view of the companies on the platform.</summary>
static class TenantsApi
{
    public static void MapTenants(this RouteGroupBuilder operatorRoutes)
    {
        var tenants = operatorRoutes.MapGroup("/tenants").WithTags("Operator: tenants");
        tenants.MapGet("", List).WithSummary("List tenants");
        tenants.MapPost("", Create).WithSummary("Create a tenant");
        tenants.MapGet("/{id}", Get).WithSummary("Get a tenant");
        tenants.MapPut("/{id}", Put).WithSummary("Replace a tenant; id and login prefix never change");
        tenants.MapDelete("/{id}", Close).WithSummary("Close a tenant; its numbers go back into the pool");
    }

    static async Task<Results<Ok<ListOf<TenantView>>, Refused>> List([AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<TenantView>.Page(
            (await desk.Platform(stop)).Tenants.Values.Select(entry => entry.Profile), page, profile => profile.Id.Value, TenantView.Of));

    static async Task<Results<Tagged<TenantView>, Refused>> Get(TenantId id, EntityDesk desk, CancellationToken stop) =>
        await Show(id, desk, null, stop);

    static async Task<Results<Tagged<TenantView>, Refused>> Create(Body<NewTenantInput> body, EntityDesk desk, CancellationToken stop)
    {
        var profile = body.Value.ToProfile(body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(new PlatformCommand.CreateTenant(profile), stop) is { } refused) return Refused.By(refused);
        await desk.Tenant(profile.Id, stop); // it hears of itself before this question, so that the next request finds it ready
        return await Show(profile.Id, desk, $"/api/v1/operator/tenants/{profile.Id}", stop);
    }

    static async Task<Results<Tagged<TenantView>, Refused>> Put(
        TenantId id, Body<TenantInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop)
    {
        if ((await desk.Platform(stop)).Tenant(id) is not { } old) return Refused.With(Refusals.NoSuchTenant);
        var profile = body.Value.ToProfile(id, old.LoginPrefix, body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(new PlatformCommand.UpdateTenant(profile, ETags.Version(ifMatch)), stop) is { } refused) return Refused.By(refused);
        await desk.Tenant(id, stop);
        return await Show(id, desk, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Close(
        TenantId id, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(new PlatformCommand.CloseTenant(id, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static async Task<Results<Tagged<TenantView>, Refused>> Show(TenantId id, EntityDesk desk, string? location, CancellationToken stop) =>
        (await desk.Platform(stop)).Tenant(id) is { } profile
            ? new Tagged<TenantView>(TenantView.Of(profile), profile.Version, location)
            : Refused.With(Refusals.NoSuchTenant);
}

/// <summary>A tenant as the operator set it up.</summary>
public sealed record TenantView(string Id, string Name, string LoginPrefix, string TimeZone, string Package, string Tariff, TenantStatus Status)
{
    internal static TenantView Of(TenantProfile profile) => new(
        profile.Id.Value, profile.Name, profile.LoginPrefix, profile.TimeZone, profile.Package.Value, profile.Tariff.Value, profile.Status);
}
