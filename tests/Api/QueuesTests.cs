using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Api.Tests.Given;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transport;

namespace TeleCube.Api.Tests;

/// <summary>Queues and ring groups over the API: their lives, their faults by field, and what leads to them.</summary>
public sealed class QueuesTests(ApiNode node) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task A_queue_lives_from_create_to_delete()
    {
        using var client = await Given("kolejki");
        var made = (await client.Post("tenants/kolejki/queues", new
        {
            number = "1000",
            name = "Obsługa",
            consultants = new object[] { new { id = "10" }, new { id = "external:anna", skills = new[] { "english" }, priority = 1 } },
            announcesPosition = true,
            periodic = "prompt/still-waiting",
            callBackKey = "1",
            whenEmpty = "leave",
        })).Is(HttpStatusCode.Created);
        Assert.Equal(("inOrder", "20", "5", "60", "60", "leave"), (made["strategy"], made["ringSeconds"], made["retryPauseSeconds"], made["announceEverySeconds"], made["periodicEverySeconds"], made["whenEmpty"]));
        var linked = made.Json.GetProperty("consultants").EnumerateArray().ToList();
        Assert.Equal([false, true], linked.Select(consultant => consultant.GetProperty("pressOne").GetBoolean())); // a mobile is asked
        Assert.Equal("english", linked[1].GetProperty("skills")[0].GetString());

        var changed = (await client.Put("tenants/kolejki/queues/1000", new { name = "Obsługa", strategy = "roundRobin", maxWaitSeconds = 300 }, made.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal(("roundRobin", "300", "0"), (changed["strategy"], changed["maxWaitSeconds"], changed["announceEverySeconds"]));
        (await client.Put("tenants/kolejki/queues/1000", new { name = "late" }, made.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        Assert.Equal(changed.ETag, (await client.Get("tenants/kolejki/queues/1000")).Is(HttpStatusCode.OK).ETag);
        Assert.Single((await client.Get("tenants/kolejki/queues")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray());

        (await client.Delete("tenants/kolejki/queues/1000")).Is(HttpStatusCode.NoContent);
        (await client.Get("tenants/kolejki/queues/1000")).IsProblem(HttpStatusCode.NotFound, "no-such-queue");
        (await client.Put("tenants/kolejki/queues/1000", new { name = "x" })).IsProblem(HttpStatusCode.NotFound, "no-such-queue");
    }

    [Fact]
    public async Task Every_fault_of_a_queue_is_told_by_its_field()
    {
        using var client = await Given("faultyqueue");
        var answer = await client.Post("tenants/faultyqueue/queues", """
            { "number": "20", "consultants": [{ "id": "77" }, { "id": "10", "pressOne": true }, { "id": "10" }, { "id": "external:bank", "pressOne": true }, { "id": "+48" }],
              "strategy": "best", "welcome": "gone", "music": "gone", "ringSeconds": 4, "maxLength": "x", "weight": 200, "callBackKey": "12", "exitKey": "a", "colour": "red" }
            """);
        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        Assert.Equal(
            ["callBackKey", "colour", "consultants[4].id", "exitKey", "maxLength", "music", "name", "number", "ringSeconds", "strategy", "weight", "welcome"], answer.FaultyFields);

        answer = await client.Post("tenants/faultyqueue/queues", """
            { "number": "1000", "name": "x", "consultants": [{ "id": "77" }, { "id": "10", "pressOne": true }, { "id": "10" }, { "id": "external:bank", "pressOne": true }] }
            """);
        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        Assert.Equal(["consultants[0].id", "consultants[1].pressOne", "consultants[2].id", "consultants[3].pressOne"], answer.FaultyFields);
    }

    [Fact]
    public async Task A_ring_group_lives_from_create_to_delete()
    {
        using var client = await Given("grupy");
        var made = (await client.Post("tenants/grupy/ring-groups", new { number = "20", name = "Biuro", members = new[] { "10", "11" }, strategy = "rounds" })).Is(HttpStatusCode.Created);
        Assert.Equal(("rounds", "20", "3"), (made["strategy"], made["ringSeconds"], made["rounds"]));
        var changed = (await client.Put("tenants/grupy/ring-groups/20", new { name = "Biuro", members = new[] { "11" }, ringSeconds = 30 }, made.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal(("all", "30"), (changed["strategy"], changed["ringSeconds"]));
        (await client.Put("tenants/grupy/ring-groups/20", new { name = "late", members = new[] { "11" } }, made.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await client.Delete("tenants/grupy/extensions/11")).IsProblem(HttpStatusCode.Conflict, "extension-in-use");
        Assert.Equal(["members[0]", "name", "ringSeconds"], (await client.Post("tenants/grupy/ring-groups", new { number = "21", members = new[] { "77" }, ringSeconds = 1 })).FaultyFields);
        (await client.Post("tenants/grupy/extensions", new { number = "20" })).IsProblem(HttpStatusCode.Conflict, "number-taken");
        Assert.Single((await client.Get("tenants/grupy/ring-groups")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray());
        (await client.Delete("tenants/grupy/ring-groups/20")).Is(HttpStatusCode.NoContent);
        (await client.Get("tenants/grupy/ring-groups/20")).IsProblem(HttpStatusCode.NotFound, "no-such-ring-group");
    }

    [Fact]
    public async Task A_phone_number_leads_to_a_queue_or_a_group_which_is_then_in_use()
    {
        using var client = await Given("leads");
        (await client.Post("tenants/leads/queues", new { number = "1000", name = "Obsługa" })).Is(HttpStatusCode.Created);
        (await client.Post("tenants/leads/ring-groups", new { number = "20", name = "Biuro", members = new[] { "10" } })).Is(HttpStatusCode.Created);
        (await client.Post("operator/phone-numbers", new { number = "+48943401160" })).Is(HttpStatusCode.Created);
        (await client.Put("operator/phone-numbers/+48943401160", new { tenant = "leads" })).Is(HttpStatusCode.OK);
        foreach (var (kind, id, resource) in new[] { ("queue", "1000", "queues"), ("ringGroup", "20", "ring-groups") })
        {
            var rows = (await client.Put("tenants/leads/phone-numbers", new { items = new[] { new { number = "+48943401160", forwardTo = new { kind, id } } } })).Is(HttpStatusCode.OK);
            Assert.Equal(kind, rows.Json.GetProperty("items")[0].GetProperty("forwardTo").GetProperty("kind").GetString());
            Assert.Contains("-in-use", (await client.Delete($"tenants/leads/{resource}/{id}")).Is(HttpStatusCode.Conflict)["type"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_consultant_sees_queues_and_changes_none()
    {
        using var client = await Given("readers");
        (await client.Post("tenants/readers/queues", new { number = "1000", name = "Obsługa" })).Is(HttpStatusCode.Created);
        using var consultant = node.Client(await node.HasToken("readers", "consultant"));
        (await consultant.Get("tenants/readers/queues/1000")).Is(HttpStatusCode.OK);
        (await consultant.Delete("tenants/readers/queues/1000")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Agents_log_in_and_out_and_rest_and_the_audit_log_knows_who_said_so()
    {
        using var client = await Given("agents");
        (await client.Post("tenants/agents/queues", new { number = "1000", name = "Obsługa", consultants = new[] { new { id = "10" }, new { id = "external:anna" } } })).Is(HttpStatusCode.Created);
        using var supervisor = node.Client(await node.HasToken("agents", "supervisor"));
        Assert.Equal(["10 idle", "external:anna idle"], await Agents(supervisor, "agents"));

        (await supervisor.Post("tenants/agents/queues/1000/agents/11/login", "{}")).Is(HttpStatusCode.NoContent);
        (await supervisor.Post("tenants/agents/queues/1000/agents/10/logout", "{}")).Is(HttpStatusCode.NoContent);
        (await supervisor.Post("tenants/agents/queues/1000/agents/external:anna/pause", new { reason = "obiad" })).Is(HttpStatusCode.NoContent);
        Assert.Equal(["10 loggedOut", "external:anna paused", "11 idle"], await Agents(supervisor, "agents"));
        var anna = (await supervisor.Get("tenants/agents/queues/1000/agents")).Is(HttpStatusCode.OK).Json.GetProperty("items")[1];
        Assert.Equal("obiad", anna.GetProperty("pause").GetProperty("reason").GetString());

        (await supervisor.Post("tenants/agents/queues/1000/agents/external:anna/unpause", "{}")).Is(HttpStatusCode.NoContent);
        (await supervisor.Post("tenants/agents/queues/1000/agents/10/login", "{}")).Is(HttpStatusCode.NoContent);
        (await supervisor.Post("tenants/agents/queues/1000/agents/11/logout", "{}")).Is(HttpStatusCode.NoContent);
        Assert.Equal(["10 idle", "external:anna idle"], await Agents(supervisor, "agents"));

        var said = (await client.Get("operator/audit?tenant=agents&limit=100")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("resource").GetString() == "queues").Select(entry => $"{entry.GetProperty("action")} {entry.GetProperty("resourceId")}").ToList();
        string[] expected = ["log-in-agent 1000/11", "log-out-agent 1000/10", "pause-agent 1000/external:anna", "unpause-agent 1000/external:anna"];
        Assert.Empty(expected.Except(said));
    }

    [Fact]
    public async Task What_cannot_be_an_agent_is_refused()
    {
        using var client = await Given("noagents");
        (await client.Post("tenants/noagents/queues", new { number = "1000", name = "Obsługa" })).Is(HttpStatusCode.Created);
        (await client.Post("tenants/noagents/queues/1001/agents/10/login", "{}")).IsProblem(HttpStatusCode.NotFound, "no-such-queue");
        (await client.Post("tenants/noagents/queues/1000/agents/77/login", "{}")).IsProblem(HttpStatusCode.NotFound, "no-such-extension");
        (await client.Post("tenants/noagents/queues/1000/agents/external:anna/login", "{}")).IsProblem(HttpStatusCode.Conflict, "not-a-consultant");
        (await client.Post("tenants/noagents/queues/1000/agents/10/pause", new { reason = new string('x', 101) })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        (await client.Get("tenants/noagents/queues/1001/agents")).IsProblem(HttpStatusCode.NotFound, "no-such-queue");
        (await client.Get("tenants/noagents/queues/1001/live")).IsProblem(HttpStatusCode.NotFound, "no-such-queue");
    }

    [Fact]
    public async Task Who_waits_is_shown_in_order_with_how_long()
    {
        using var client = await Given("waiting");
        (await client.Post("tenants/waiting/queues", new { number = "1000", name = "Obsługa" })).Is(HttpStatusCode.Created);
        var (queue, distributor, now) = (ExtensionNumber.Parse("1000"), DistributorEntity.Of(new TenantId("waiting")), node.Clock.GetUtcNow());
        foreach (var (call, ago) in new[] { ("second", 10), ("first", 30) })
            node.Region.Tell(distributor, new DistributorCommand.Join(new QueueTicket(new CallId(call), 1), queue, "+48600100200", "Jan", null, now.AddSeconds(-ago)));
        (await client.Post("tenants/waiting/queues/1000/agents/10/login", "{}")).Is(HttpStatusCode.NoContent); // answered after them

        var live = await Live(client);
        var waiting = live.GetProperty("waiting").EnumerateArray().ToList();
        Assert.Equal(["first", "second"], waiting.Select(caller => caller.GetProperty("call").GetString()));
        Assert.Equal([1, 2], waiting.Select(caller => caller.GetProperty("position").GetInt32()));
        Assert.True(live.GetProperty("longestWaitSeconds").GetInt32() >= 30);
        var agent = live.GetProperty("agents").EnumerateArray().Single(); // logged in, without a phone
        Assert.Equal(("idle", "unreachable"), (agent.GetProperty("state").GetString(), agent.GetProperty("notRung").GetProperty("because").GetString()));
        Assert.Equal("no phone is registered", agent.GetProperty("notRung").GetProperty("text").GetString());
        Assert.Equal(("+48600100200", "Jan"), (waiting[0].GetProperty("caller").GetString(), waiting[0].GetProperty("callerName").GetString()));
    }

    [Fact]
    public async Task Who_talks_in_a_call_that_no_queue_brought_is_busy()
    {
        using var client = await Given("plaincalls");
        var linked = new[] { new { id = "10" }, new { id = "11" }, new { id = "external:anna" } };
        (await client.Post("tenants/plaincalls/queues", new { number = "1000", name = "Obsługa", consultants = linked })).Is(HttpStatusCode.Created);
        Assert.Equal(["10 idle", "11 idle", "external:anna idle"], await Agents(client, "plaincalls"));

        var live = node.Services.GetRequiredService<LiveCalls>();
        var call = Talking("plaincalls", "plain-1", new Party.Phone("10"), new Party.Outside("carrier", "+48501222333"));
        live.Update(call);
        Assert.Equal(["10 busy", "11 idle", "external:anna busy"], await Agents(client, "plaincalls"));
        (await client.Post("tenants/plaincalls/queues/1000/agents/10/pause", new { })).Is(HttpStatusCode.NoContent);
        Assert.Equal(["10 paused", "11 idle", "external:anna busy"], await Agents(client, "plaincalls"));
        live.Update(call with { Phase = CallPhase.Over });
        Assert.Equal(["10 paused", "11 idle", "external:anna idle"], await Agents(client, "plaincalls"));
    }

    static CallState Talking(string tenant, string id, params Party[] parties) => CallState.Initial with
    {
        Id = new CallId(id),
        Tenant = new TenantId(tenant),
        Phase = CallPhase.Talking,
        Legs =
        [
            .. parties.Select((party, number) => new Leg
            {
                Number = number,
                Role = number == 0 ? LegRole.Uas : LegRole.Uac,
                Party = party,
                Phase = LegPhase.Talking,
                LocalTag = $"tag-{number}",
                Target = new SipTarget(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060)),
            }),
        ],
    };

    static async Task<System.Text.Json.JsonElement> Live(HttpClient client) => (await client.Get("tenants/waiting/queues/1000/live")).Is(HttpStatusCode.OK).Json;

    static async Task<IEnumerable<string>> Agents(HttpClient client, string tenant)
    {
        var listed = (await client.Get($"tenants/{tenant}/queues/1000/agents")).Is(HttpStatusCode.OK).Json.GetProperty("items");
        var live = (await client.Get($"tenants/{tenant}/queues/1000/live")).Is(HttpStatusCode.OK).Json.GetProperty("agents");
        Assert.Equal(listed.ToString(), live.ToString());
        return listed.EnumerateArray().Select(agent => $"{agent.GetProperty("id")} {agent.GetProperty("state")}");
    }

    /// <summary>A company with two extensions, a mobile and an infoline that wants keys.</summary>
    async Task<HttpClient> Given(string tenant)
    {
        await node.HasTenant(tenant);
        var client = node.Operator();
        foreach (var number in new[] { "10", "11" }) (await client.Post($"tenants/{tenant}/extensions", new { number })).Is(HttpStatusCode.Created);
        foreach (var (id, number, keys) in new[] { ("anna", "501222333", null), ("bank", "501222334", "12#") })
        {
            var quote = (await client.Post($"tenants/{tenant}/external-numbers/quote", new { number })).Is(HttpStatusCode.OK);
            (await client.Post($"tenants/{tenant}/external-numbers", new { id, number, dtmfSequence = keys, acceptedQuoteId = quote["quoteId"] })).Is(HttpStatusCode.Created);
        }

        return client;
    }
}
