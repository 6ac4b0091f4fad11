using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Api.Calls;
using TeleCube.Api.Http;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Operator;

/// <summary>Calls that carriers brought to numbers which no tenant holds: they are no tenant's, so the operator has their records.</summary>
static class UnassignedCallsApi
{
    public static void MapUnassignedCalls(this RouteGroupBuilder operatorRoutes)
    {
        var calls = operatorRoutes.MapGroup("/cdrs").WithTags("Operator: calls");
        calls.MapGet("", List).WithSummary("Calls to numbers that no tenant holds, the newest first");
        calls.MapGet("/{id}", Get).WithSummary("One of them");
        calls.MapGet("/{id}/timeline", GetTimeline).WithSummary("What it did, step by step");
    }

    static Task<Results<Ok<ListOf<CdrView>>, Refused>> List(
        [AsParameters] CdrQuery query, [AsParameters] PageQuery page, IReadModels models, CancellationToken stop) =>
        CdrsApi.List(TenantId.Platform, query, page, models, stop);

    static Task<Results<Ok<CdrView>, Refused>> Get(string id, IReadModels models, CancellationToken stop) => CdrsApi.Get(TenantId.Platform, id, models, stop);

    static async Task<Results<Ok<ListOf<TimelineView>>, Refused>> GetTimeline(string id, IReadModels models, CancellationToken stop) =>
        await models.Get(TimelineView.Model, TenantId.Platform, id, stop) is { } row
            ? TypedResults.Ok(TimelineView.Read(row.Json))
            : Refused.With(ApiCodes.NoSuchCdr);
}
