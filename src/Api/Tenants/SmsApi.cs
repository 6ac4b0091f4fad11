using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>The tenant's SMS, newest first, each with what became of it.</summary>
static class SmsApi
{
    public static void MapSms(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/sms", List).For(UserRole.Supervisor).WithTags("SMS").WithSummary("List SMS that the exchange has sent for the tenant, or tried to");

    static async Task<Results<Ok<ListOf<SmsView>>, Refused>> List(
        TenantId tenantId, [AsParameters] SmsQuery query, [AsParameters] PageQuery page, IReadModels models, CancellationToken stop)
    {
        var rows = await models.Page(query.ToReadModel(tenantId, page.Size(), page.After), stop);
        return TypedResults.Ok(new ListOf<SmsView>([.. rows.Rows.Select(row => SmsView.Of(SmsLog.Read(row.Json)))], rows.Next));
    }
}

/// <summary>Filters of the SMS.</summary>
public sealed record SmsQuery(
    [FromQuery(Name = "from")] DateTimeOffset? From, [FromQuery(Name = "to")] DateTimeOffset? To, [FromQuery(Name = "state")] string? State)
{
    internal ReadModelQuery ToReadModel(TenantId tenant, int limit, string? after) =>
        new(SmsLog.Model.Name, tenant, [.. Filters()], "queued_at", Ascending: false, limit, after);

    IEnumerable<ReadModelFilter> Filters()
    {
        if (From is { } from) yield return new("queued_at", FilterOperator.AtLeast, from.ToUniversalTime());
        if (To is { } to) yield return new("queued_at", FilterOperator.Below, to.ToUniversalTime());
        if (State is { } state) yield return new("state", FilterOperator.Equal, Known(state));
    }

    static string Known(string text) =>
        text.All(char.IsAsciiLetter) && Enum.TryParse<SmsStatus>(text, ignoreCase: true, out var status) && status is SmsStatus.Queued or SmsStatus.Sent or SmsStatus.Failed
        ? SmsLog.StateOf(status)
        : throw new BadFieldException("state", "must be queued, sent or failed");
}

/// <summary>One SMS. <paramref name="Reason"/> says why it failed, or why it waits.</summary>
public sealed record SmsView(
    string Id, string To, string Text, string State, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt, int FailedAttempts, string? Reason, string? Reference,
    string? Call, Money Price)
{
    internal static SmsView Of(SmsState state) => new(
        state.Sms!.Id, state.Sms.To, state.Sms.Text, JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString()), state.QueuedAt, state.EndedAt,
        state.Attempts, state.Reason, state.Reference, state.Sms.Call, Money.Of(state.Sms.Price));
}
