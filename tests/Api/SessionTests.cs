using System.Net;
using TeleCube.Api.Tests.Given;

namespace TeleCube.Api.Tests;

/// <summary>Users sign in and out; guessing is slowed down.</summary>
public sealed class SessionTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task A_user_signs_in_works_and_signs_out()
    {
        await node.HasTenant("signers");
        await node.HasUser("signers", "anna");
        var session = (await SignIn("anna", Company.Password)).Is(HttpStatusCode.Created);
        Assert.Equal("signers", session["tenantId"]);
        using var anna = node.Client(session["token"]);
        Assert.Equal("anna", (await anna.Get("sessions/current")).Is(HttpStatusCode.OK)["name"]);
        (await anna.Get("tenants/signers/users")).Is(HttpStatusCode.OK);
        (await anna.Delete("sessions")).Is(HttpStatusCode.NoContent);
        (await anna.Get("tenants/signers/users")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_panels_token_stays_in_a_cookie_that_scripts_cannot_read()
    {
        await node.HasTenant("cookies");
        await node.HasUser("cookies", "ewa");
        using var client = node.Client();
        var session = (await client.Post("sessions", new { login = "ewa", password = Company.Password, cookie = true })).Is(HttpStatusCode.Created);
        Assert.Equal("", session["token"]);
        Assert.Contains("httponly", session.Cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", session.Cookie, StringComparison.OrdinalIgnoreCase);
        var cookie = session.Cookie!.Split(';')[0];
        (await client.Send(HttpMethod.Get, "tenants/cookies", null, ("Cookie", cookie))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_with_its_users_role_password_or_being()
    {
        await node.HasTenant("strict");
        await node.HasUser("strict", "boss");
        await node.HasUser("strict", "jan");
        using var jan = node.Client((await SignIn("jan", Company.Password))["token"]);
        (await node.Operator().Put("tenants/strict/users/jan", new { login = "jan", name = "Jan", role = "consultant" })).Is(HttpStatusCode.OK);
        (await jan.Get("tenants/strict/users")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await node.Operator().Put("tenants/strict/users/jan", new { login = "jan", name = "Jan", role = "consultant", password = "a-new-password" }))
            .Is(HttpStatusCode.OK);
        (await jan.Get("tenants/strict")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Guessing_a_password_has_to_wait()
    {
        await node.HasTenant("guessed");
        await node.HasUser("guessed", "victim");
        for (var i = 0; i < 5; i++) (await SignIn("victim", "wrong-password")).IsProblem(HttpStatusCode.Unauthorized, "bad-credentials");
        var refused = (await SignIn("victim", Company.Password)).IsProblem(HttpStatusCode.TooManyRequests, "too-many-attempts");
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public async Task An_API_token_stops_when_it_is_deleted()
    {
        await node.HasTenant("tokens");
        var made = (await node.Operator().Post("tenants/tokens/api-tokens", new { name = "crm", role = "supervisor" })).Is(HttpStatusCode.Created);
        using var crm = node.Client(made["token"]);
        (await crm.Get("tenants/tokens")).Is(HttpStatusCode.OK);
        var id = made.Json.GetProperty("apiToken").GetProperty("id").GetString();
        (await node.Operator().Delete($"tenants/tokens/api-tokens/{id}")).Is(HttpStatusCode.NoContent);
        (await crm.Get("tenants/tokens")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await node.HasTenant("lonely");
        await node.HasUser("lonely", "only");
        (await node.Operator().Delete("tenants/lonely/users/only")).IsProblem(HttpStatusCode.Conflict, "last-administrator");
    }

    Task<Answer> SignIn(string login, string password) => node.Client().Post("sessions", new { login, password });
}
