using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Audit;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Api.Tenants;

namespace TeleCube.Api.Sessions;

/// <summary>Signing in and out.</summary>
static class SessionsApi
{
    public static void MapSessions(this RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapPost("", Open).AllowAnonymous().WithSummary("Sign in");
        sessions.MapGet("/current", Get).RequireAuthorization().WithSummary("Who am I?");
        sessions.MapDelete("", Close).RequireAuthorization().WithSummary("Sign out");
    }

    static async Task<Results<Created<SessionView>, Refused>> Open(
        Body<SessionInput> body, SignIn signIn, SessionSeal seal, SessionCookie cookie, HttpContext http, CancellationToken stop)
    {
        var (login, password) = (body.Faults.Required("login", body.Value.Login, 100), body.Value.Password);
        if (string.IsNullOrEmpty(password)) body.Faults.Add("password", "is required");
        else if (password.Length > UserInput.MaxPassword) body.Faults.Add("password", $"is longer than {UserInput.MaxPassword} characters");
        if (body.Refusal is { } wrong) return wrong;

        var (ticket, user, refused) = await signIn.Try(http.Connection.RemoteIpAddress ?? IPAddress.None, login, password!, stop);
        if (refused is not null) return refused;
        if (body.Value.Cookie) cookie.Give(http, ticket!);
        return TypedResults.Created("/api/v1/sessions/current", new SessionView(
            body.Value.Cookie ? null : seal.Seal(ticket!), ticket!.Tenant.Value, user!.Id.Value, user.Login, user.Name, user.Role, ticket.ExpiresAt));
    }

    static Ok<CallerView> Get(Caller caller) =>
        TypedResults.Ok(new CallerView(caller.Name, caller.Tenant?.Value, caller.IsOperator, caller.Role, caller.Session?.ExpiresAt));

    static async Task<NoContent> Close(Caller caller, RevokedSessions revoked, AuditTrail audit, HttpContext http, CancellationToken stop)
    {
        if (caller.Session is { } ticket)
        {
            await audit.Write(new AuditSubject("sign-out", "sessions", null, ticket.Tenant), stop);
            await revoked.Add(ticket, stop);
        }

        SessionCookie.Remove(http);
        return TypedResults.NoContent();
    }
}

/// <summary>With <c>cookie</c>, the token is put into an HttpOnly cookie and not into the answer.</summary>
public sealed record SessionInput
{
    public string? Login { get; init; }

    public string? Password { get; init; }

    public bool Cookie { get; init; }
}

/// <summary>A session that was just opened.</summary>
public sealed record SessionView(
    string? Token, string TenantId, string UserId, string Login, string Name, UserRole Role, DateTimeOffset ExpiresAt);

/// <summary>Who makes the request.</summary>
public sealed record CallerView(string Name, string? TenantId, bool Operator, UserRole Role, DateTimeOffset? ExpiresAt);
