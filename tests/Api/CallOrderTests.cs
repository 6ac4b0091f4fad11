using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TeleCube.Api.Calls;
using TeleCube.Api.Tests.Given;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tests;

/// <summary>Calls ordered under an Idempotency-Key.</summary>
public sealed class CallOrderTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task Nobody_orders_a_call_to_himself()
    {
        await node.HasTenant("lonely");
        using var client = node.Operator();
        var answer = await client.Post("tenants/lonely/calls", new { from = "10", to = "10" });
        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        Assert.Equal("is the extension that orders the call", Assert.Single(answer.Json.GetProperty("errors").GetProperty("to").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_key_that_a_crash_left_without_its_call_begins_that_very_call()
    {
        const string Kept = "01hzzzzzzzzzzzzzzzzzzzzzzz";
        await node.HasTenant("crashed");
        using var client = node.Operator();
        var keys = node.Services.GetRequiredService<IdempotencyKeys>();
        await keys.Keep(new TenantId("crashed"), "order-1", new KeptRequest("POST calls 10 11", Kept), CancellationToken.None);
        Assert.DoesNotContain(Kept, node.Ordered);

        var answer = (await client.Send(HttpMethod.Post, "tenants/crashed/calls", new { from = "10", to = "11" }, ("Idempotency-Key", "order-1"))).Is(HttpStatusCode.Created);
        Assert.Equal(Kept, answer["id"]);
        Assert.Contains(Kept, node.Ordered);

        (await client.Send(HttpMethod.Post, "tenants/crashed/calls", new { from = "10", to = "12" }, ("Idempotency-Key", "order-1")))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }
}
