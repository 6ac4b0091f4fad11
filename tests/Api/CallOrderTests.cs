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

    [Fact]
    public async Task A_node_that_has_enough_to_do_begins_no_ordered_call_either_and_says_when_to_come_again()
    {
        await node.HasTenant("eager");
        using var client = node.Operator();
        var before = node.Ordered.Count;

        node.Lag = TimeSpan.FromSeconds(1);
        var order = new { from = "10", to = "11" };
        var refused = await client.Send(HttpMethod.Post, "tenants/eager/calls", order, ("Idempotency-Key", "order-2"));
        refused.IsProblem(HttpStatusCode.ServiceUnavailable, "too-many-calls");
        Assert.Equal(TimeSpan.FromSeconds(7), refused.RetryAfter);
        Assert.Equal(before, node.Ordered.Count);

        node.Lag = TimeSpan.Zero;
        (await client.Send(HttpMethod.Post, "tenants/eager/calls", order, ("Idempotency-Key", "order-2"))).Is(HttpStatusCode.Created);
    }
}
