using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>Tokens for programs. A token is shown once, when it is made.</summary>
static class ApiTokensApi
{
    public static void MapApiTokens(this RouteGroupBuilder tenant)
    {
        var tokens = tenant.MapGroup("/api-tokens").WithTags("API tokens").For(UserRole.Administrator);
        tokens.MapGet("", List).WithSummary("List API tokens");
        tokens.MapPost("", Create).WithSummary("Create an API token; the answer is the only place where it stands");
        tokens.MapGet("/{id}", Get).WithSummary("Get an API token, without its secret");
        tokens.MapDelete("/{id}", Delete).WithSummary("Delete an API token; it stops working at once");
    }

    static async Task<Results<Ok<ListOf<ApiTokenView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<ApiTokenView>.Page((await desk.Tenant(tenantId, stop)).ApiTokens.Values, page, token => token.Id.Value, ApiTokenView.Of));

    static async Task<Results<Ok<ApiTokenView>, Refused>> Get(TenantId tenantId, ApiTokenId id, EntityDesk desk, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).ApiTokens.GetValueOrDefault(id) is { } token
            ? TypedResults.Ok(ApiTokenView.Of(token))
            : Refused.With(Refusals.NoSuchApiToken);

    static async Task<Results<Created<NewApiTokenView>, Refused>> Create(
        TenantId tenantId, Body<ApiTokenInput> body, EntityDesk desk, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (name, role) = body.Value.Check(body.Faults, now);
        if (body.Refusal is { } wrong) return wrong;
        var text = ApiTokenText.New(tenantId, new ApiTokenId(Ids.Random()));
        var token = new ApiToken(text.Id, name, role, ApiToken.HashOf(text.Secret), now) { ExpiresAt = body.Value.ExpiresAt };
        if (await desk.Tell(tenantId, new TenantCommand.CreateApiToken(token), stop) is { } refused) return Refused.By(refused);
        return TypedResults.Created($"/api/v1/tenants/{tenantId}/api-tokens/{text.Id}", new NewApiTokenView(ApiTokenView.Of(token), text.ToString()));
    }

    static async Task<Results<NoContent, Refused>> Delete(TenantId tenantId, ApiTokenId id, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteApiToken(id), stop) is { } refused ? Refused.By(refused) : TypedResults.NoContent();
}

/// <summary>An API token without its secret.</summary>
public sealed record ApiTokenView(string Id, string Name, UserRole Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    internal static ApiTokenView Of(ApiToken token) => new(token.Id.Value, token.Name, token.Role, token.CreatedAt, token.ExpiresAt);
}

/// <summary>A token that was just made, with its text.</summary>
public sealed record NewApiTokenView(ApiTokenView ApiToken, string Token);

/// <summary>What a new token may do, and until when.</summary>
public sealed record ApiTokenInput
{
    const int MaxName = 100;

    public string? Name { get; init; }

    public UserRole? Role { get; init; }

    /// <summary>Without it, until it is deleted.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    internal (string Name, UserRole Role) Check(Faults faults, DateTimeOffset now)
    {
        if (Role is null && !faults.Has("role")) faults.Add("role", "is required");
        if (ExpiresAt <= now) faults.Add("expiresAt", "is over");
        return (faults.Required("name", Name, MaxName), Role ?? UserRole.Consultant);
    }
}
