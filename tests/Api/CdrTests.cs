using System.Net;
using TeleCube.Api.Tests.Given;

namespace TeleCube.Api.Tests;

/// <summary>The history of calls: filters, pages, CSV.</summary>
public sealed class CdrTests(ApiNode node) : IClassFixture<ApiNode>
{
    static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "c,b,a")]
    [InlineData("?from=2026-03-01T12:01:00Z", "c,b")]
    [InlineData("?to=2026-03-01T12:01:00Z", "a")]
    [InlineData("?caller=943401128", "b")]
    [InlineData("?callee=11", "a")]
    [InlineData("?direction=outgoing", "c")]
    [InlineData("?minDuration=60", "c,b")]
    [InlineData("?hasRecording=true", "")]
    public async Task Records_are_found_by_each_filter(string filter, string found)
    {
        var tenant = await Given();
        var answer = (await node.Operator().Get($"tenants/{tenant}/cdrs{filter}")).Is(HttpStatusCode.OK);
        Assert.Equal(found, string.Join(',', answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString())));
    }

    [Fact]
    public async Task Records_come_in_pages_and_a_strange_cursor_is_refused()
    {
        var tenant = await Given();
        using var client = node.Operator();
        var first = (await client.Get($"tenants/{tenant}/cdrs?limit=2")).Is(HttpStatusCode.OK);
        var second = (await client.Get($"tenants/{tenant}/cdrs?limit=2&after={Uri.EscapeDataString(first["next"]!)}")).Is(HttpStatusCode.OK);
        Assert.Equal("a", second.Json.GetProperty("items")[0].GetProperty("id").GetString());
        (await client.Get($"tenants/{tenant}/cdrs?after=rubbish")).IsProblem(HttpStatusCode.BadRequest, "bad-cursor");
    }

    [Theory]
    [InlineData("cdrs?from=yesterday", "from")]
    [InlineData("cdrs?minDuration=long", "minDuration")]
    [InlineData("cdrs?direction=sideways", "direction")]
    [InlineData("cdrs?limit=all", "limit")]
    [InlineData("cdrs.csv?direction=sideways", "direction")]
    [InlineData("cdrs.csv?to=tomorrow", "to")]
    public async Task A_filter_that_cannot_be_read_is_named(string path, string field)
    {
        var answer = await node.Operator().Get($"tenants/{await Given()}/{path}");
        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.Equal([field], answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task A_record_tells_its_cost_as_decimal_texts()
    {
        var tenant = await Given();
        var cdr = (await node.Operator().Get($"tenants/{tenant}/cdrs/a")).Is(HttpStatusCode.OK);
        Assert.Equal("0.0615", cdr.Json.GetProperty("cost").GetProperty("gross").GetString());
        Assert.Equal("internal", cdr["direction"]);
        (await node.Operator().Get($"tenants/{tenant}/cdrs/z")).IsProblem(HttpStatusCode.NotFound, "no-such-cdr");
    }

    [Fact]
    public async Task A_record_says_what_the_exchange_did_for_its_caller()
    {
        var tenant = await Given();
        await node.Journal.Write([CdrRows.Row(tenant, "e", _noon, "10", "*3", "Internal", 3, """{"kind":"FeatureCode","name":"*3"}""")]);
        var service = (await node.Operator().Get($"tenants/{tenant}/cdrs/e")).Is(HttpStatusCode.OK).Json.GetProperty("service");
        Assert.Equal(("featureCode", "*3"), (service.GetProperty("kind").GetString(), service.GetProperty("name").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await node.Operator().Get($"tenants/{tenant}/cdrs/a")).Json.GetProperty("service").ValueKind);
    }

    [Fact]
    public async Task The_timeline_of_a_call_is_there_from_its_end_on()
    {
        var tenant = await Given();
        var timeline = (await node.Operator().Get($"tenants/{tenant}/calls/a/timeline")).Is(HttpStatusCode.OK);
        Assert.Equal("ended", timeline.Json.GetProperty("items")[0].GetProperty("code").GetString());
        (await node.Operator().Get($"tenants/{tenant}/calls/d/timeline")).IsProblem(HttpStatusCode.NotFound, "no-such-call"); // somebody else's
    }

    [Fact]
    public async Task CSV_has_a_line_for_each_record()
    {
        var tenant = await Given();
        var csv = (await node.Operator().Get($"tenants/{tenant}/cdrs.csv")).Is(HttpStatusCode.OK);
        Assert.Equal("text/csv", csv.ContentType);
        var lines = csv.Text.TrimEnd().Split("\r\n");
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("c,outgoing,10,+48111222333,", lines[1], StringComparison.Ordinal);
    }

    async Task<string> Given()
    {
        await node.HasPlatform();
        var tenant = "history" + Guid.NewGuid().ToString("N")[..8];
        await node.HasTenant(tenant);
        await node.Journal.Write(
        [
            CdrRows.Row(tenant, "a", _noon, "10", "11", "Internal", 10),
            CdrRows.Row(tenant, "b", _noon.AddMinutes(1), "+48943401128", "10", "Incoming", 60),
            CdrRows.Row(tenant, "c", _noon.AddMinutes(2), "10", "+48111222333", "Outgoing", 90),
            CdrRows.Row("somebody-else", "d", _noon, "10", "11", "Internal", 10),
        ]);
        return tenant;
    }
}
