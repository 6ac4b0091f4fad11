using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Schemes;

/// <summary>Moje centralki: schemes, their versions, the numbers that lead to them, and what would happen to a call.</summary>
static class SchemesApi
{
    public static void MapSchemes(this RouteGroupBuilder tenant)
    {
        var schemes = tenant.MapGroup("/schemes").WithTags("Schemes");
        schemes.MapGet("", List).For(UserRole.Consultant).WithSummary("List schemes");
        schemes.MapPost("", Create).For(UserRole.Administrator).WithSummary("Create a scheme");
        schemes.MapGet("/{id}", Get).For(UserRole.Consultant).WithSummary("Get a scheme with its current version and its draft");
        schemes.MapPut("/{id}", Put).For(UserRole.Administrator).WithSummary("Save a scheme: as a new version, or as a draft if it has faults");
        schemes.MapDelete("/{id}", Delete).For(UserRole.Administrator).WithSummary("Delete a scheme to which nothing leads");
        schemes.MapGet("/{id}/versions", ListVersions).For(UserRole.Consultant).WithSummary("List the saved versions, the newest first");
        schemes.MapGet("/{id}/versions/{version}", GetVersion).For(UserRole.Consultant).WithSummary("Get a saved version");
        schemes.MapPost("/{id}/versions/{version}/restore", Restore).For(UserRole.Administrator).WithSummary("Save an old version as the next one");
        schemes.MapPost("/{id}/lint", Lint).For(UserRole.Administrator).WithSummary("What is wrong with a scheme, before it is saved");
        schemes.MapPut("/{id}/numbers", PutNumbers).For(UserRole.Administrator).WithSummary("Choose the numbers that lead to the scheme, all or none");
        schemes.MapPost("/{id}/simulate", Simulate).For(UserRole.Administrator).WithSummary("What would happen to a call, without making one");
    }

    static async Task<Results<Ok<ListOf<SchemeSummary>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        return TypedResults.Ok(ListOf<SchemeSummary>.Page(tenant.Schemes.Values, page, scheme => scheme.Id.Value, scheme => SchemeSummary.Of(tenant, scheme)));
    }

    static Task<Results<Tagged<SchemeDetails>, Refused>> Get(
        TenantId tenantId, SchemeId id, Caller caller, EntityDesk desk, ApiSettings api, CancellationToken stop) =>
        Show(tenantId, id, caller, desk, api, null, stop);

    static async Task<Results<Tagged<SchemeDetails>, Refused>> Create(
        TenantId tenantId, Body<NewSchemeInput> body, Caller caller, EntityDesk desk, ApiSettings api, CancellationToken stop)
    {
        var (input, faults) = (body.Value, body.Faults);
        var id = new SchemeId(input.Id is null ? Ids.Random() : faults.Identifier("id", input.Id));
        var command = new TenantCommand.CreateScheme(id, input.CheckName(faults), input.CheckDescription(faults), input.ToGraph(faults), caller.Name);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, caller, desk, api, $"/api/v1/tenants/{tenantId}/schemes/{id}", stop);
    }

    static async Task<Results<Tagged<SchemeDetails>, Refused>> Put(
        TenantId tenantId, SchemeId id, Body<SchemeInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, Caller caller, EntityDesk desk,
        ApiSettings api, CancellationToken stop)
    {
        var (input, faults) = (body.Value, body.Faults);
        var command = new TenantCommand.SaveScheme(
            id, input.CheckName(faults), input.CheckDescription(faults), input.ToGraph(faults), caller.Name, ETags.Version(ifMatch));
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, caller, desk, api, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, SchemeId id, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteScheme(id, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static async Task<Results<Ok<ListOf<VersionSummary>>, Refused>> ListVersions(
        TenantId tenantId, SchemeId id, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop)
    {
        if ((await desk.Tenant(tenantId, stop)).Schemes.GetValueOrDefault(id) is not { } scheme) return Refused.With(Refusals.NoSuchScheme);
        return TypedResults.Ok(ListOf<VersionSummary>.Page(
            VersionSummary.All(scheme), page, version => $"{version.Version}", version => version));
    }

    static async Task<Results<Ok<VersionView>, Refused>> GetVersion(
        TenantId tenantId, SchemeId id, int version, Caller caller, EntityDesk desk, IReadModels models, CancellationToken stop)
    {
        if ((await desk.Tenant(tenantId, stop)).Schemes.GetValueOrDefault(id) is not { } scheme) return Refused.With(Refusals.NoSuchScheme);
        return await Find(tenantId, scheme, version, models, stop) is { } found
            ? TypedResults.Ok(VersionView.Of(scheme, found, caller))
            : Refused.With(Refusals.NoSuchVersion);
    }

    static async Task<Results<Ok<SchemeDetails>, Refused>> Restore(
        TenantId tenantId, SchemeId id, int version, [FromHeader(Name = "If-Match")] string? ifMatch, Caller caller, EntityDesk desk, IReadModels models,
        ApiSettings api, CancellationToken stop)
    {
        var known = (await desk.Tenant(tenantId, stop)).Schemes.GetValueOrDefault(id);
        var archived = known is null ? null : await Find(tenantId, known, version, models, stop);
        var command = new TenantCommand.RestoreScheme(id, version, caller.Name, ETags.Version(ifMatch), archived?.Graph);
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        var tenant = await desk.Tenant(tenantId, stop);
        return tenant.Schemes.GetValueOrDefault(id) is { } scheme
            ? TypedResults.Ok(SchemeDetails.Of(tenant, scheme, caller, api))
            : Refused.With(Refusals.NoSuchScheme);
    }

    static async Task<SchemeVersion?> Find(TenantId tenant, Scheme scheme, int version, IReadModels models, CancellationToken stop) =>
        scheme.Versions.GetValueOrDefault(version)
            ?? (scheme.Archived.ContainsKey(version) ? await SchemeArchive.Find(models, tenant, scheme.Id, version, stop) : null);

    /// <summary>Without elements in the body: the draft, or the current version if there is none.</summary>
    static async Task<Results<Ok<LintView>, Refused>> Lint(
        TenantId tenantId, SchemeId id, Body<GraphInput> body, EntityDesk desk, ApiSettings api, CancellationToken stop)
    {
        var given = body.Value.ToGraph(body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        var tenant = await desk.Tenant(tenantId, stop);
        if (tenant.Schemes.GetValueOrDefault(id) is not { } scheme) return Refused.With(Refusals.NoSuchScheme);
        if ((given ?? scheme.Draft ?? scheme.CurrentGraph) is not { } graph)
            return Refused.With(Refusals.SchemeNotUsable, "it has neither elements nor a draft");
        var faults = FaultView.In(tenant, id, graph, api);
        return TypedResults.Ok(new LintView(faults.Count == 0, faults));
    }

    static async Task<Results<Ok<SchemeNumbersView>, Refused>> PutNumbers(
        TenantId tenantId, SchemeId id, Body<SchemeNumbersInput> body, EntityDesk desk, CancellationToken stop)
    {
        var numbers = body.Value.ToNumbers(body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        if (await desk.Tell(tenantId, new TenantCommand.BindNumbers(id, numbers, body.Value.ConfirmReplace), stop) is { } refused) return Refused.By(refused);
        return TypedResults.Ok(new SchemeNumbersView(SchemeDetails.NumbersOf(await desk.Tenant(tenantId, stop), id)));
    }

    static async Task<Results<Ok<SimulationView>, Refused>> Simulate(
        TenantId tenantId, SchemeId id, Body<SimulationInput> body, EntityDesk desk, SchemeSimulator simulator, IQueues queues, IReadModels models,
        TimeProvider clock, CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        if (tenant.Schemes.GetValueOrDefault(id) is not { } scheme) return Refused.With(Refusals.NoSuchScheme);
        var archived = body.Value.Version is { } version && !scheme.Versions.ContainsKey(version) ? await Find(tenantId, scheme, version, models, stop) : null;
        var call = body.Value.ToCall(tenant, scheme, archived?.Graph, clock.GetUtcNow(), body.Faults);
        if (body.Refusal is { } wrong) return wrong;
        return call is null
            ? Refused.With(Refusals.SchemeNotUsable, "it has no version; give elements")
            : TypedResults.Ok(SimulationView.Of(simulator.Run(call with { Queues = queues.Find(tenantId) }, tenant), body.Value.Walked(scheme)));
    }

    static async Task<Results<Tagged<SchemeDetails>, Refused>> Show(
        TenantId tenantId, SchemeId id, Caller caller, EntityDesk desk, ApiSettings api, string? location, CancellationToken stop)
    {
        var tenant = await desk.Tenant(tenantId, stop);
        return tenant.Schemes.GetValueOrDefault(id) is { } scheme
            ? new Tagged<SchemeDetails>(SchemeDetails.Of(tenant, scheme, caller, api), scheme.Version, location)
            : Refused.With(Refusals.NoSuchScheme);
    }
}
