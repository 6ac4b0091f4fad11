using System.Net;
using TeleCube.Api.Tests.Given;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support.Events;

namespace TeleCube.Api.Tests;

/// <summary>A tenant's events as they happen, resumed where a client left off.</summary>
public sealed class EventsTests(ApiNode node) : IClassFixture<ApiNode>
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_change_is_told_as_it_happens()
    {
        await node.HasTenant("live");
        using var client = node.Operator();
        await using var events = await EventReader.Open(client, "tenants/live/events");
        (await client.Post("tenants/live/extensions", new { number = "10" })).Is(HttpStatusCode.Created);

        var told = await Next(events);
        Assert.Equal("configuration.changed", told.Type);
        Assert.Equal("""{"resource":"extensions","id":"10","change":"saved"}""", told.Data.GetRawText());
    }

    [Fact]
    public async Task A_client_that_comes_back_misses_nothing_and_sees_nothing_twice()
    {
        await node.HasTenant("patient");
        var before = (await node.Journal.RangeOf(new TenantId("patient"))).Last;
        await Tell("patient", 250); // more than a page
        using var client = node.Operator();
        await using var events = await EventReader.Open(client, $"tenants/patient/events?after={before}");
        for (var i = 1; i <= 120; i++) await Next(events);

        await events.Open(); // the address is the one it began with, as a browser repeats it
        for (var i = 121; i <= 250; i++) await Next(events);
        await Tell("patient", 1);
        await Next(events);
        Assert.Equal(Enumerable.Range(1, 251).Select(i => before + i), events.Heard.Select(told => told.Id));
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
        await using var events = await EventReader.Open(node.Operator(), $"tenants/forgotten/events?after={oldest - 1}");
        await Tell("forgotten", 1);
        Assert.Equal(oldest, (await Next(events)).Id);
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_is_alive()
    {
        await node.HasTenant("quiet");
        using var lines = new StreamReader(await node.Operator().GetStreamAsync("/api/v1/tenants/quiet/events"));
        Assert.Equal(("retry: 2000", ""), (await lines.ReadLineAsync(), await lines.ReadLineAsync()));
        var next = lines.ReadLineAsync();
        await node.Clock.PassUntil(next.WaitAsync(_patience));
        Assert.Equal(":", await next);
    }

    [Fact]
    public async Task A_stream_ends_with_the_right_to_it()
    {
        await node.HasTenant("revoked");
        var made = await node.Operator().Post("tenants/revoked/api-tokens", new { name = "panel", role = "supervisor" });
        await using var events = await EventReader.Open(node.Client(made["token"]), "tenants/revoked/events");
        (await node.Operator().Delete($"tenants/revoked/api-tokens/{made.Json.GetProperty("apiToken").GetProperty("id").GetString()}")).Is(HttpStatusCode.NoContent);
        Assert.Equal("api-tokens", (await Next(events)).Data.GetProperty("resource").GetString());
        await Assert.ThrowsAsync<EndOfStreamException>(() => node.Clock.PassUntil(events.Next()));
    }

    [Fact]
    public async Task A_busy_stream_ends_with_the_right_to_it_too()
    {
        await node.HasTenant("busy");
        var made = await node.Operator().Post("tenants/busy/api-tokens", new { name = "panel", role = "supervisor" });
        await using var events = await EventReader.Open(node.Client(made["token"]), "tenants/busy/events");
        (await node.Operator().Delete($"tenants/busy/api-tokens/{made.Json.GetProperty("apiToken").GetProperty("id").GetString()}")).Is(HttpStatusCode.NoContent);

        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            for (var told = 0; told < 100; told++)
            {
                await Tell("busy", 1);
                await Next(events);
                node.Clock.Advance(TimeSpan.FromSeconds(1)); // news come more often than a quiet stream is looked after
            }
        });
    }

    [Fact]
    public async Task A_consultant_may_not_follow()
    {
        await node.HasTenant("closed-shop");
        using var consultant = node.Client(await node.HasToken("closed-shop", "consultant"));
        (await consultant.Get("tenants/closed-shop/events")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    /// <summary>Time goes on for as long as a stream rests between two readings.</summary>
    async Task<ToldEvent> Next(EventReader events)
    {
        var next = events.Next();
        await node.Clock.PassUntil(next, TimeSpan.FromSeconds(1));
        return await next;
    }

    Task Tell(string tenant, int count) => node.Journal.Write(
        [.. Enumerable.Range(0, count).Select(_ => new StoreWrite.Publish(new TenantId(tenant), "call.begun", node.Clock.GetUtcNow(), "{}"))]);
}
