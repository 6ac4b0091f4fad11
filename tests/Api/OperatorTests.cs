using System.Net;
using TeleCube.Actors;
using TeleCube.Api.Tests.Given;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tests;

/// <summary>What only the operator does: tenants, tariffs, trunks.</summary>
public sealed class OperatorTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task A_tenant_is_ready_when_its_creation_is_answered()
    {
        await node.HasTenant("swift");
        Assert.Equal("swift", (await node.Operator().Get("tenants/swift")).Is(HttpStatusCode.OK)["loginPrefix"]);
    }

    [Fact]
    public async Task Calls_to_numbers_that_no_tenant_holds_are_the_operators()
    {
        await node.HasTenant("holder");
        await node.Journal.Write(
        [
            CdrRows.Row(TenantId.Platform.Value, "stray", DateTimeOffset.UnixEpoch, "+48601000111", "+48943401199", "Incoming", 0),
            CdrRows.Row("holder", "own", DateTimeOffset.UnixEpoch, "+48601000111", "+48943401128", "Incoming", 10),
        ]);
        using var client = node.Operator();
        var listed = (await client.Get("operator/cdrs?callee=943401199")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray();
        Assert.Equal("stray", Assert.Single(listed).GetProperty("id").GetString());
        (await client.Get("operator/cdrs/stray")).Is(HttpStatusCode.OK);
        (await client.Get("operator/cdrs/own")).IsProblem(HttpStatusCode.NotFound, "no-such-cdr");
        (await client.Get("operator/cdrs/stray/timeline")).IsProblem(HttpStatusCode.NotFound, "no-such-cdr");
        using var tenant = node.Client(await node.HasToken("holder", "administrator"));
        (await tenant.Get("operator/cdrs")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.DoesNotContain("stray", (await tenant.Get("tenants/holder/cdrs")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_tenant_takes_nothing_more()
    {
        await node.HasTenant("bankrupt");
        var token = await node.HasToken("bankrupt", "administrator");
        (await node.Operator().Delete("operator/tenants/bankrupt")).Is(HttpStatusCode.NoContent);
        Assert.Equal("closed", (await node.Operator().Get("operator/tenants/bankrupt")).Is(HttpStatusCode.OK)["status"]);
        (await node.Operator().Post("tenants/bankrupt/extensions", new { number = "10" })).IsProblem(HttpStatusCode.Conflict, "tenant-closed");
        (await node.Client(token).Get("tenants/bankrupt")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_tenants_login_prefix_is_its_own()
    {
        await node.HasTenant("first");
        (await node.Operator().Post("operator/tenants", new { id = "second", loginPrefix = "first", name = "2", package = "premium", tariff = "standard" }))
            .IsProblem(HttpStatusCode.Conflict, "login-prefix-taken");
    }

    [Fact]
    public async Task A_tariffs_rows_come_from_CSV_all_or_none()
    {
        await node.HasPlatform();
        using var client = node.Operator();
        (await client.Put("operator/tariffs/imported", new { name = "Imported", vat = new[] { new { from = "2011-01-01", rate = "0.23" } } })).Is(HttpStatusCode.OK);
        var wrong = (await client.Put("operator/tariffs/imported/rows", "48;Polska;0,05\nx y;Nic;1\n49;Niemcy;dużo"))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        Assert.Equal(["line 2", "line 3"], wrong.FaultyFields);
        var right = (await client.Put("operator/tariffs/imported/rows", "48;Polska;0,05\n49;Niemcy;0,10")).Is(HttpStatusCode.OK);
        Assert.Equal(["0.0500", "0.1000"], right.Json.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("net").GetString()));
        Assert.Equal("2", right["version"]);
    }

    [Fact]
    public async Task A_trunk_never_shows_its_passwords_and_keeps_them()
    {
        using var client = node.Operator();
        var registration = new { user = "us", password = "very-secret" };
        var made = (await client.Post("operator/trunks", new { id = "carrier", host = "192.0.2.1", registration })).Is(HttpStatusCode.Created);
        Assert.DoesNotContain("very-secret", made.Text, StringComparison.Ordinal);
        (await client.Put("operator/trunks/carrier", new { host = "192.0.2.2", registration = new { user = "us" } }, made.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal("very-secret", node.Platform.Current.Trunks[new("carrier")].Registration!.Password);
        Assert.Equal(
            ["port", "registration.password"],
            (await client.Put("operator/trunks/carrier", new { host = "192.0.2.2", port = 0, registration = new { user = "other" } })).FaultyFields);
        Assert.Equal(["host"], (await client.Put("operator/trunks/carrier", new { host = "192.0.2.2:5070" })).FaultyFields);
        (await client.Delete("operator/trunks/carrier")).Is(HttpStatusCode.NoContent);
        (await client.Get("operator/trunks/carrier")).IsProblem(HttpStatusCode.NotFound, "no-such-trunk");
    }

    [Fact]
    public async Task A_number_for_a_tenant_that_is_not_there_stays_out_of_the_pool()
    {
        using var client = node.Operator();
        await node.HasPlatform();
        (await client.Post("operator/phone-numbers", new { number = "943401140", tenant = "nobody" })).IsProblem(HttpStatusCode.NotFound, "no-such-tenant");
        (await client.Get("operator/phone-numbers/+48943401140")).IsProblem(HttpStatusCode.NotFound, "no-such-phone-number");

        await node.HasTenant("gone");
        (await client.Delete("operator/tenants/gone")).Is(HttpStatusCode.NoContent);
        (await client.Post("operator/phone-numbers", new { number = "943401140", tenant = "gone" })).IsProblem(HttpStatusCode.Conflict, "tenant-closed");
        (await client.Get("operator/phone-numbers/+48943401140")).IsProblem(HttpStatusCode.NotFound, "no-such-phone-number");
        (await client.Post("operator/phone-numbers", new { number = "943401140" })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_banned_address_is_listed_and_let_in_again()
    {
        using var client = node.Operator();
        var address = IPAddress.Parse("192.0.2.66");
        for (var i = 0; i < 10; i++) node.Bans.Failed(address, "acme_10", "wrong-password");
        Assert.Contains("192.0.2.66", (await client.Get("operator/bans")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        (await client.Delete("operator/bans/192.0.2.66")).Is(HttpStatusCode.NoContent);
        (await client.Delete("operator/bans/192.0.2.66")).IsProblem(HttpStatusCode.NotFound, "no-such-ban");
        Assert.False(node.Bans.IsBanned(address));
    }

    [Fact]
    public async Task An_entity_that_cannot_be_recovered_is_listed_with_its_reason_and_let_go_again()
    {
        using var client = node.Operator();
        var broken = EntityKinds.Tenant(new TenantId("brokenabcd"));
        await node.Journal.Append(new Append(
            broken.PersistenceId, broken.Shard, node.Epoch, [new NewEvent(Guid.NewGuid(), 1, "from.the-future", 1, "{}"u8.ToArray(), node.Clock.GetUtcNow())], []));
        Assert.Equal("quarantined", Assert.IsType<Rejection>(await node.Region.Ask<object>(broken, "anything", TimeSpan.FromSeconds(10))).Code);

        var listed = (await client.Get("operator/quarantine")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Single();
        Assert.Equal((broken.PersistenceId, "event 1: from.the-future/1 is not known"), (listed.GetProperty("entity").GetString(), listed.GetProperty("reason").GetString()));
        (await client.Delete($"operator/quarantine/{broken.PersistenceId}")).Is(HttpStatusCode.NoContent);
        (await client.Delete($"operator/quarantine/{broken.PersistenceId}")).IsProblem(HttpStatusCode.NotFound, "not-quarantined");
        Assert.Empty((await client.Get("operator/quarantine")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task This_node_is_listed_with_its_shards()
    {
        await node.HasTenant("housed");
        var listed = (await node.Operator().Get("operator/nodes")).Is(HttpStatusCode.OK).Json.GetProperty("items")[0];
        Assert.Equal(
            ("node-1", "192.0.2.1:5060"), (listed.GetProperty("id").GetString(), listed.GetProperty("addresses")[0].GetProperty("advertise").GetString()));
        var shards = (await node.Operator().Get("operator/shards")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, Shards.Count), shards.Select(shard => shard.GetProperty("number").GetInt32()));
        var home = shards[EntityKinds.Tenant(new TenantId("housed")).Shard];
        Assert.Equal("node-1", home.GetProperty("node").GetString());
        Assert.True(home.GetProperty("entities").GetInt32() > 0);
    }

    [Fact]
    public async Task A_drained_node_begins_no_ordered_call_until_it_is_resumed()
    {
        await node.HasTenant("stranded");
        using var client = node.Operator();
        (await client.Post("operator/nodes/node-2/drain", "{}")).IsProblem(HttpStatusCode.NotFound, "no-such-node");
        Assert.NotEqual("", (await client.Post("operator/nodes/node-1/drain", "{}")).Is(HttpStatusCode.OK)["drainingSince"]);
        var refused = (await client.Post("tenants/stranded/calls", new { from = "10", to = "11" })).IsProblem(HttpStatusCode.ServiceUnavailable, "draining");
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.Equal("", (await client.Post("operator/nodes/node-1/resume", "{}")).Is(HttpStatusCode.OK)["drainingSince"]);
        foreach (var action in new[] { "drain-node", "resume-node" })
            Assert.Single((await client.Get($"operator/audit?action={action}")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_too()
    {
        using var client = node.Operator();
        (await client.Get("nowhere")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await client.Send(HttpMethod.Patch, "operator/tenants")).IsProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        (await client.Send(HttpMethod.Post, "operator/tenants", "a,b")).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }
}
