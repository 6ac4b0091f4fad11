using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Api.Audit;
using TeleCube.Api.Http;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Operator;

/// <summary>Entities that could not be recovered and were set aside, so that they block nobody.</summary>
static class QuarantineApi
{
    public static void MapQuarantine(this RouteGroupBuilder operatorRoutes)
    {
        var quarantine = operatorRoutes.MapGroup("/quarantine").WithTags("Operator: quarantine");
        quarantine.MapGet("", List).WithSummary("List the entities of this node that could not be recovered, the oldest first");
        quarantine.MapDelete("/{kind}/{tenant}/{id}", Release).WithSummary("Let an entity be recovered anew, after its cause was mended");
    }

    static Ok<ListOf<QuarantineView>> List(Quarantine quarantine) =>
        TypedResults.Ok(new ListOf<QuarantineView>([.. quarantine.List.Select(QuarantineView.Of)], null));

    static async Task<Results<NoContent, Refused>> Release(
        string kind, string tenant, string id, Quarantine quarantine, AuditTrail audit, CancellationToken stop)
    {
        var entity = $"{kind}/{tenant}/{Uri.UnescapeDataString(id)}";
        if (quarantine.Find(entity) is null) return Refused.With(ApiCodes.NotQuarantined);
        await audit.Write(new AuditSubject("release-quarantine", "quarantine", entity, new TenantId(tenant)), stop);
        return quarantine.Release(entity) ? TypedResults.NoContent() : Refused.With(ApiCodes.NotQuarantined);
    }
}

/// <summary>An entity that was set aside, by its id (kind/tenant/id), and why.</summary>
public sealed record QuarantineView(string Entity, string Reason, DateTimeOffset Since)
{
    internal static QuarantineView Of(QuarantinedActor entry) => new(entry.PersistenceId, entry.Reason, entry.Since);
}
