using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TeleCube.Actors.Audit;
using TeleCube.Api.Tests.Given;

namespace TeleCube.Api.Tests;

/// <summary>With the store away a node can be drained and people can sign in; what they did is in the audit log when it is back.</summary>
public sealed class AuditAwayTests(ApiNode node) : IClassFixture<ApiNode>, IDisposable
{
    public void Dispose() => node.Store.Away = false;

    [Fact]
    public async Task The_node_is_drained_and_people_sign_in_and_that_is_written_down_afterwards()
    {
        await node.HasTenant("nightly");
        await node.HasUser("nightly", "nina");
        using var op = node.Operator();

        node.Store.Away = true;
        Assert.NotEqual("", (await op.Post("operator/nodes/node-1/drain", "{}")).Is(HttpStatusCode.OK)["drainingSince"]);
        using var nina = node.Client((await SignIn("nina")).Is(HttpStatusCode.Created)["token"]);
        (await nina.Get("tenants/nightly")).Is(HttpStatusCode.OK);
        (await SignIn("nobody-at-all")).IsProblem(HttpStatusCode.Unauthorized, "bad-credentials");
        Assert.Equal("", (await op.Post("operator/nodes/node-1/resume", "{}")).Is(HttpStatusCode.OK)["drainingSince"]);
        var spool = node.Services.GetRequiredService<AuditSpool>();
        Assert.Equal(4, spool.Waiting);
        node.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(4, spool.Waiting);

        node.Store.Away = false;
        node.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, spool.Waiting);
        var actions = (await op.Get("operator/audit?limit=100")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString()).ToList();
        foreach (var action in new[] { "drain-node", "sign-in", "sign-in-failed", "resume-node" }) Assert.Single(actions, action);
    }

    Task<Answer> SignIn(string login) => node.Client().Post("sessions", new { login, password = Company.Password });
}
