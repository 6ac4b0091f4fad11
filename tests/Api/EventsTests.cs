using System.Net;
using TeleCube.Api.Tests.Given;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tests;

/// <summary>A tenant's events as they happen, resumed where a client left off.</summary>
public sealed class EventsTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task A_change_is_told_as_it_happens()
    {
        await node.HasTenant("live");
        using var client = node.Operator();
        using var events = await EventReader.Open(client, "tenants/live/events");
        (await client.Post("tenants/live/extensions", new { number = "10" })).Is(HttpStatusCode.Created);

        var (id, type, data) = await events.Next();
        Assert.Equal("configuration.changed", type);
        Assert.Equal((id, type), (data.GetProperty("id").GetInt64(), data.GetProperty("type").GetString()));
        Assert.Equal("""{"resource":"extensions","id":"10","change":"saved"}""", data.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_client_that_comes_back_misses_nothing_and_sees_nothing_twice()
    {
        await node.HasTenant("patient");
        var before = (await node.Journal.RangeOf(new TenantId("patient"))).Last;
        await Tell("patient", 250); // more than a page
        using var client = node.Operator();
        using (var first = await EventReader.Open(client, $"tenants/patient/events?after={before}"))
            for (var i = 1; i <= 120; i++) Assert.Equal(before + i, (await first.Next()).Id);

        // The address is the one it began with, as a browser repeats it.
        using var second = await EventReader.Open(client, $"tenants/patient/events?after={before}", $"{before + 120}");
        for (var i = 121; i <= 250; i++) Assert.Equal(before + i, (await second.Next()).Id);
        await Tell("patient", 1);
        Assert.Equal(before + 251, (await second.Next()).Id);
    }

    [Fact]
    public async Task What_is_no_id_of_the_stream_is_refused()
    {
        await node.HasTenant("confused");
        foreach (var after in new[] { "-1", "soon", "999999", "1.5" })
            Assert.Equal(["after"], (await node.Operator().Get($"tenants/confused/events?after={after}")).IsProblem(HttpStatusCode.BadRequest, "bad-cursor").FaultyFields);
    }

    [Fact]
    public async Task Who_was_away_for_too_long_is_told_so()
    {
        await node.HasTenant("forgotten");
        await Tell("forgotten", 3);
        await node.Journal.DropFeedBefore(node.Clock.GetUtcNow().AddDays(1));
        var oldest = (await node.Journal.RangeOf(new TenantId("forgotten"))).Oldest;
        (await node.Operator().Get($"tenants/forgotten/events?after={oldest - 2}")).IsProblem(HttpStatusCode.Gone, "events-gone");
        using var events = await EventReader.Open(node.Operator(), $"tenants/forgotten/events?after={oldest - 1}");
        await Tell("forgotten", 1);
        Assert.Equal(oldest, (await events.Next()).Id);
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_is_alive()
    {
        await node.HasTenant("quiet");
        using var events = await EventReader.Open(node.Operator(), "tenants/quiet/events");
        Assert.Equal(("retry: 2000", ""), (await events.Line(), await events.Line()));
        Assert.Equal(":", await Heartbeat(events));
    }

    [Fact]
    public async Task A_stream_ends_with_the_right_to_it()
    {
        await node.HasTenant("revoked");
        var made = await node.Operator().Post("tenants/revoked/api-tokens", new { name = "panel", role = "supervisor" });
        using var events = await EventReader.Open(node.Client(made["token"]), "tenants/revoked/events");
        Assert.Equal(("retry: 2000", ""), (await events.Line(), await events.Line()));
        (await node.Operator().Delete($"tenants/revoked/api-tokens/{made.Json.GetProperty("apiToken").GetProperty("id").GetString()}")).Is(HttpStatusCode.NoContent);
        Assert.Equal("api-tokens", (await events.Next()).Data.GetProperty("data").GetProperty("resource").GetString());
        Assert.Equal("", await events.Line());
        Assert.Null(await Heartbeat(events));
    }

    [Fact]
    public async Task A_busy_stream_ends_with_the_right_to_it_too()
    {
        await node.HasTenant("busy");
        var made = await node.Operator().Post("tenants/busy/api-tokens", new { name = "panel", role = "supervisor" });
        using var events = await EventReader.Open(node.Client(made["token"]), "tenants/busy/events");
        (await node.Operator().Delete($"tenants/busy/api-tokens/{made.Json.GetProperty("apiToken").GetProperty("id").GetString()}")).Is(HttpStatusCode.NoContent);

        var over = Task.Run(async () => { while (await events.Line() is not null) { } });
        var patience = Task.Delay(TimeSpan.FromSeconds(30));
        while (!over.IsCompleted && !patience.IsCompleted)
        {
            await Tell("busy", 1);
            node.Clock.Advance(TimeSpan.FromSeconds(1)); // news come more often than a quiet stream is looked after
            await Task.WhenAny(over, Task.Delay(20));
        }

        Assert.True(over.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_consultant_may_not_follow()
    {
        await node.HasTenant("closed-shop");
        using var consultant = node.Client(await node.HasToken("closed-shop", "consultant"));
        (await consultant.Get("tenants/closed-shop/events")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    /// <summary>Time goes on until the stream says something: when exactly it begins to wait, nobody outside knows.</summary>
    async Task<string?> Heartbeat(EventReader events)
    {
        var line = events.Line();
        var patience = Task.Delay(TimeSpan.FromSeconds(30));
        while (!line.IsCompleted)
        {
            Assert.False(patience.IsCompleted, "the stream says nothing");
            node.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.WhenAny(line, Task.Delay(20));
        }

        return await line;
    }

    Task Tell(string tenant, int count) => node.Journal.Write(
        [.. Enumerable.Range(0, count).Select(_ => new StoreWrite.Publish(new TenantId(tenant), "call.begun", node.Clock.GetUtcNow(), "{}"))]);
}
