using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors.Audit;
using TeleCube.Api.Http;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Operator;

/// <summary>Who did what: changes, sign-ins, and what was asked of calls; newest first.</summary>
static class AuditApi
{
    public static void MapAudit(this RouteGroupBuilder operatorRoutes) =>
        operatorRoutes.MapGet("/audit", List).WithTags("Operator: audit").WithSummary("Who did what, when and from where; the newest first");

    static async Task<Results<Ok<ListOf<AuditView>>, Refused>> List(
        [AsParameters] AuditQuery query, [AsParameters] PageQuery page, IReadModels models, CancellationToken stop)
    {
        var rows = await models.Page(query.ToReadModel(page.Size(), page.After), stop);
        return TypedResults.Ok(new ListOf<AuditView>([.. rows.Rows.Select(row => AuditView.Of(AuditLog.Read(row.Json)))], rows.Next));
    }
}

/// <summary>Filters of the audit log. An actor is <c>operator</c>, a login or the id of an API token.</summary>
public sealed record AuditQuery(
    [FromQuery(Name = "from")] DateTimeOffset? From,
    [FromQuery(Name = "to")] DateTimeOffset? To,
    [FromQuery(Name = "tenant")] string? Tenant,
    [FromQuery(Name = "actor")] string? Actor,
    [FromQuery(Name = "action")] string? Action)
{
    internal ReadModelQuery ToReadModel(int limit, string? after) =>
        new(AuditLog.Model.Name, Tenant is { Length: > 0 } tenant ? new TenantId(tenant) : null, [.. Filters()], "at", Ascending: false, limit, after);

    IEnumerable<ReadModelFilter> Filters()
    {
        if (From is { } from) yield return new("at", FilterOperator.AtLeast, from.ToUniversalTime());
        if (To is { } to) yield return new("at", FilterOperator.Below, to.ToUniversalTime());
        if (Actor is { Length: > 0 }) yield return new("actor", FilterOperator.Equal, Actor);
        if (Action is { Length: > 0 }) yield return new("action", FilterOperator.Equal, Action);
    }
}

/// <summary>One thing that somebody did; with a <c>refusal</c>, tried.</summary>
public sealed record AuditView(
    string Id, DateTimeOffset At, string Action, AuditActorView Actor, string? Tenant, string Resource, string? ResourceId, string Verb, string? Address,
    string RequestId, string? Refusal)
{
    internal static AuditView Of(AuditEntry entry) => new(
        entry.Id, entry.At, entry.Action, new(entry.Actor.Kind, entry.Actor.Name, entry.Actor.UserId, entry.Actor.Role), entry.Tenant, entry.Resource,
        entry.ResourceId, entry.Verb, entry.Address, entry.RequestId, entry.Refusal);
}

/// <summary>Who it was: the operator, a user by login, an API token by its id, or nobody that was known.</summary>
public sealed record AuditActorView(AuditActorKind Kind, string Name, string? UserId, string? Role);
