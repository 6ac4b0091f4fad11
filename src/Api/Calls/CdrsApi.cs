using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Calls;

/// <summary>Historia połączeń: the records of ended calls, newest first.</summary>
static class CdrsApi
{
    public static void MapCdrs(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/cdrs", List).For(UserRole.Supervisor).WithTags("Call records").WithSummary("List call records");
        tenant.MapGet("/cdrs.csv", Export).For(UserRole.Supervisor).WithTags("Call records").WithSummary("Export call records as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
        tenant.MapGet("/cdrs/{id}", Get).For(UserRole.Supervisor).WithTags("Call records").WithSummary("Get a call record");
    }

    internal static async Task<Results<Ok<ListOf<CdrView>>, Refused>> List(
        TenantId tenantId, [AsParameters] CdrQuery query, [AsParameters] PageQuery page, IReadModels models, CancellationToken stop)
    {
        var rows = await models.Page(query.ToReadModel(tenantId, page.Size(), page.After), stop);
        return TypedResults.Ok(new ListOf<CdrView>([.. rows.Rows.Select(row => CdrView.Read(row.Json))], rows.Next));
    }

    static PushStreamHttpResult Export(
        TenantId tenantId, [AsParameters] CdrQuery query, IReadModels models, TimeProvider clock, CancellationToken stop)
    {
        var wanted = query.Checked(); // once the stream has begun, it is too late for a problem
        return TypedResults.Stream(
            body => CdrCsv.Write(body, after => models.Page(wanted.ToReadModel(tenantId, CdrCsv.PageSize, after), stop), stop),
            "text/csv; charset=utf-8",
            $"cdrs-{tenantId}-{clock.GetUtcNow():yyyyMMdd}.csv");
    }

    internal static async Task<Results<Ok<CdrView>, Refused>> Get(TenantId tenantId, string id, IReadModels models, CancellationToken stop) =>
        await models.Get(CdrQuery.Model, tenantId, id, stop) is { } row
            ? TypedResults.Ok(CdrView.Read(row.Json))
            : Refused.With(ApiCodes.NoSuchCdr);
}
