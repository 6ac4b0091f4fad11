using System.Net;
using System.Text.Json.Nodes;
using TeleCube.Api.Tests.Given;

namespace TeleCube.Api.Tests;

/// <summary>What GET shows can be sent back by PUT, changed or not: what only the exchange sets is passed over, and nothing is lost.</summary>
public sealed class ReadBackTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task A_company_reads_all_that_it_has_and_sends_it_back()
    {
        await node.HasTenant("readback");
        using var client = node.Operator();
        (await client.Post("operator/phone-numbers", new { number = "943401170", tenant = "readback" })).Is(HttpStatusCode.Created);
        foreach (var number in new[] { "10", "11" }) (await client.Post("tenants/readback/extensions", new { number })).Is(HttpStatusCode.Created);
        var quote = (await client.Post("tenants/readback/external-numbers/quote", new { number = "501222333" })).Is(HttpStatusCode.OK);
        (await client.Post("tenants/readback/external-numbers", new { id = "anna", number = "501222333", dtmfSequence = "12#", acceptedQuoteId = quote["quoteId"] })).Is(HttpStatusCode.Created);
        (await client.Post("tenants/readback/queues", new { number = "1000", name = "Q", consultants = new[] { new { id = "10" } }, callBackKey = "1" })).Is(HttpStatusCode.Created);
        (await client.Post("tenants/readback/ring-groups", new { number = "2000", name = "G", members = new[] { "10", "11" } })).Is(HttpStatusCode.Created);
        (await client.Post("tenants/readback/switches", new { id = "night", name = "Noc", code = "" })).Is(HttpStatusCode.Created);
        (await client.Post("tenants/readback/schemes", """{ "id": "s", "name": "S", "start": "end", "elements": [{ "kind": "hangup", "id": "end" }] }""")).Is(HttpStatusCode.Created);
        await node.HasUser("readback", "ewa");
        foreach (var path in new[]
        {
            "extensions/10", "external-numbers/anna", "queues/1000", "ring-groups/2000", "switches/night", "schemes/s", "users/ewa", "settings", "extensions/10/voicemail",
        })
            await SendsBack(client, $"tenants/readback/{path}");
        var rows = (await client.Get("tenants/readback/phone-numbers")).Is(HttpStatusCode.OK);
        (await client.Put("tenants/readback/phone-numbers", new JsonObject { ["items"] = JsonNode.Parse(rows.Json.GetProperty("items").GetRawText()) }.ToJsonString())).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task So_does_the_operator()
    {
        await node.HasTenant("keptback");
        using var client = node.Operator();
        (await client.Post("operator/trunks", new
        {
            id = "quiet",
            host = "192.0.2.9",
            pingSeconds = 0,
            registration = new { user = "us", password = "p1" },
            outbound = new { user = "out", password = "p2" },
            inbound = new { user = "in", password = "p3" },
        })).Is(HttpStatusCode.Created);
        Assert.Equal("0", (await client.Get("operator/trunks/quiet")).Is(HttpStatusCode.OK)["pingSeconds"]); // not null, which PUT takes for 30
        foreach (var path in new[] { "trunks/quiet", "tenants/keptback", "packages/premium", "tariffs/standard" }) await SendsBack(client, $"operator/{path}");
    }

    [Fact]
    public async Task What_is_shown_nowhere_is_still_refused()
    {
        await node.HasTenant("strictly");
        using var client = node.Operator();
        (await client.Post("tenants/strictly/queues", new { number = "1000", name = "Q" })).Is(HttpStatusCode.Created);
        var wrong = await client.Put("tenants/strictly/queues/1000", new { number = "1001", name = "Q", colour = "red" });
        Assert.Equal(["colour"], wrong.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields").FaultyFields);
        Assert.Equal(["sipUser"], (await client.Post("tenants/strictly/extensions", new { number = "10", sipUser = "x" })).FaultyFields); // a new one was not read
    }

    static async Task SendsBack(HttpClient client, string path)
    {
        var before = (await client.Get(path)).Is(HttpStatusCode.OK);
        var answer = await client.Put(path, before.Text, before.ETag);
        Assert.True(answer.Status is HttpStatusCode.OK, $"{path}: {answer.Text}");
        Assert.Equal(Lasting(before), Lasting((await client.Get(path)).Is(HttpStatusCode.OK)));
    }

    /// <summary>Without what changes by itself.</summary>
    static string Lasting(Answer answer)
    {
        var json = JsonNode.Parse(answer.Text)!.AsObject();
        json.Remove("status");
        json.Remove("version");
        return json.ToJsonString();
    }
}
