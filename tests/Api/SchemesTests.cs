using System.Net;
using System.Text.Json;
using TeleCube.Api.Tests.Given;

namespace TeleCube.Api.Tests;

/// <summary>Schemes over the API: saved as versions or drafts, restored, bound to numbers, and tried before anybody calls.</summary>
public sealed class SchemesTests(ApiNode node) : IClassFixture<ApiNode>
{
    static readonly object _hours = new
    {
        kind = "timeCondition",
        id = "hours",
        exits = new { open = "sales", otherwise = "closed" },
        periods = new[] { new { exit = "open", weekdays = new[] { "monday", "friday" }, times = new[] { new { from = "08:00", to = "16:00" } } } },
    };

    static readonly object _sales = new { kind = "extension", id = "sales", number = "10", exits = new { noAnswer = "outside" } };
    static readonly object _outside = new { id = "outside", number = "office", kind = "externalNumber" };
    static readonly object _closed = new { kind = "announcement", id = "closed", sound = "prompt/office-closed", exits = new { next = "end" } };
    static readonly object _end = new { kind = "hangup", id = "end" };
    static readonly object _lost = new { kind = "hangup", id = "lost" };

    [Fact]
    public async Task A_scheme_lives_from_draft_to_delete()
    {
        using var client = await Tenant("flows", "943 401 120");
        var made = (await client.Post("tenants/flows/schemes", Scheme("Infolinia", _hours, _sales, _outside, _closed, _end, _lost))).Is(HttpStatusCode.Created);
        Assert.Equal("0", made["currentVersion"]);
        var fault = Assert.Single(made.Json.GetProperty("draft").GetProperty("faults").EnumerateArray());
        Assert.Equal(("lost", "unreachable"), (fault.GetProperty("element").GetString(), fault.GetProperty("code").GetString()));
        (await client.Put("tenants/flows/schemes/infoline/numbers", new { numbers = new[] { "943401120" } })).IsProblem(HttpStatusCode.Conflict, "scheme-not-usable");

        var saved = (await client.Put("tenants/flows/schemes/infoline", Body("Infolinia", _hours, _sales, _outside, _closed, _end), made.ETag)).Is(HttpStatusCode.OK);
        Assert.Equal(("1", JsonValueKind.Null), (saved["currentVersion"], saved.Json.GetProperty("draft").ValueKind));
        Assert.Equal("timeCondition", saved.Json.GetProperty("elements")[0].GetProperty("kind").GetString());
        (await client.Put("tenants/flows/schemes/infoline", Body("late", _end), made.ETag)).IsProblem(HttpStatusCode.PreconditionFailed, "stale-version");

        var again = (await client.Put("tenants/flows/schemes/infoline", new { name = "Infolinia", start = "end", elements = new[] { _end } })).Is(HttpStatusCode.OK);
        Assert.Equal("2", again["currentVersion"]);
        var versions = (await client.Get("tenants/flows/schemes/infoline/versions")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([2, 1], versions.Select(version => version.GetProperty("version").GetInt32()));
        Assert.Equal("hours", (await client.Get("tenants/flows/schemes/infoline/versions/1")).Is(HttpStatusCode.OK)["start"]);
        (await client.Get("tenants/flows/schemes/infoline/versions/9")).IsProblem(HttpStatusCode.NotFound, "no-such-version");
        var restored = (await client.Post("tenants/flows/schemes/infoline/versions/1/restore", new { })).Is(HttpStatusCode.OK);
        Assert.Equal(("3", "hours"), (restored["currentVersion"], restored["start"]));

        (await client.Delete("tenants/flows/extensions/10")).IsProblem(HttpStatusCode.Conflict, "extension-in-use");
        (await client.Delete("tenants/flows/external-numbers/office")).IsProblem(HttpStatusCode.Conflict, "external-number-in-use");
        (await client.Delete("tenants/flows/schemes/infoline")).Is(HttpStatusCode.NoContent);
        (await client.Get("tenants/flows/schemes/infoline")).IsProblem(HttpStatusCode.NotFound, "no-such-scheme");
    }

    [Fact]
    public async Task Whom_a_scheme_asks_is_for_administrators_to_read()
    {
        using var client = await Tenant("masked", "943 401 129");
        const string Url = "https://crm.example.org/route?token=abracadabra";
        var asks = new { kind = "webhook", id = "hours", url = Url, answers = new[] { "vip" }, exits = new { vip = "end", error = "end" } };
        (await client.Post("tenants/masked/schemes", Scheme("Infolinia", asks, _end))).Is(HttpStatusCode.Created);
        (await client.Put("tenants/masked/schemes/infoline", Body("Infolinia", asks, _end, _lost))).Is(HttpStatusCode.OK); // a draft
        var own = (await client.Get("tenants/masked/schemes/infoline")).Is(HttpStatusCode.OK);
        Assert.Equal(Url, own.Json.GetProperty("elements")[0].GetProperty("url").GetString());
        Assert.Equal(Url, own.Json.GetProperty("draft").GetProperty("elements")[0].GetProperty("url").GetString());
        using var consultant = node.Client(await node.HasToken("masked", "consultant"));
        foreach (var path in new[] { "tenants/masked/schemes/infoline", "tenants/masked/schemes/infoline/versions/1" })
        {
            var seen = (await consultant.Get(path)).Is(HttpStatusCode.OK);
            Assert.Equal("https://crm.example.org/…", seen.Json.GetProperty("elements")[0].GetProperty("url").GetString());
            Assert.DoesNotContain("abracadabra", seen.Json.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_on_a_private_address_keeps_a_scheme_a_draft()
    {
        using var client = await Tenant("inside", "943 401 128");
        var asks = new { kind = "webhook", id = "hours", url = "http://127.0.0.1:8080/", answers = new[] { "vip" }, exits = new { vip = "end", error = "end" } };
        var made = (await client.Post("tenants/inside/schemes", Scheme("Infolinia", asks, _end))).Is(HttpStatusCode.Created);
        Assert.Equal("0", made["currentVersion"]);
        var fault = Assert.Single((await client.Post("tenants/inside/schemes/infoline/lint", new { })).Is(HttpStatusCode.OK).Json.GetProperty("faults").EnumerateArray());
        Assert.Equal(("hours", "url", "private-address"), (fault.GetProperty("element").GetString(), fault.GetProperty("field").GetString(), fault.GetProperty("code").GetString()));
        Assert.Contains("telecube.webhooks.allow-private", fault.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taking_a_number_from_elsewhere_must_be_confirmed()
    {
        using var client = await Tenant("bound", "943 401 121");
        (await client.Put("tenants/bound/phone-numbers", """{"items":[{"number":"+48943401121","forwardTo":{"kind":"extension","id":"10"}}]}""")).Is(HttpStatusCode.OK);
        (await client.Post("tenants/bound/schemes", Scheme("Infolinia", _end))).Is(HttpStatusCode.Created);
        var refused = await client.Put("tenants/bound/schemes/infoline/numbers", new { numbers = new[] { "943 401 121" } });
        refused.IsProblem(HttpStatusCode.Conflict, "number-leads-elsewhere");
        Assert.Equal("+48943401121 leads to extension 10", refused["detail"]);
        (await client.Put("tenants/bound/schemes/infoline/numbers", new { numbers = new[] { "943 401 121" }, confirmReplace = true })).Is(HttpStatusCode.OK);
        var number = (await client.Get("tenants/bound/phone-numbers/+48943401121")).Is(HttpStatusCode.OK).Json.GetProperty("forwardTo");
        Assert.Equal(("scheme", "infoline"), (number.GetProperty("kind").GetString(), number.GetProperty("id").GetString()));
        (await client.Delete("tenants/bound/schemes/infoline")).IsProblem(HttpStatusCode.Conflict, "scheme-in-use");
        (await client.Put("tenants/bound/schemes/infoline/numbers", new { numbers = Array.Empty<string>() })).Is(HttpStatusCode.OK);
        (await client.Delete("tenants/bound/schemes/infoline")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Every_fault_in_the_elements_is_told_by_its_path()
    {
        using var client = await Tenant("faults", "943 401 122");
        var answer = await client.Post("tenants/faults/schemes", """
            { "id": "x", "name": "X", "start": "a", "elements": [
              { "kind": "queue", "id": "q" },
              { "kind": "teleport", "id": "t" },
              { "id": "none" },
              { "kind": "extension", "id": "e", "number": "1", "colour": "red" },
              { "kind": "announcement", "id": "A!" },
              { "kind": "menu", "id": "m", "sound": "prompt/enter-number", "timeoutSeconds": "soon", "exits": { "1": "Not an id" } },
              { "kind": "timeCondition", "id": "c", "periods": [ { "weekdays": ["moonday"], "times": [ { "from": "8:00" } ] } ] },
              { "kind": "callerCondition", "id": "r", "rules": [ { "exit": "vip", "numbers": ["12"] } ] } ] }
            """);
        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
        Assert.Equal(
            ["elements[0].queue", "elements[1].kind", "elements[2].kind", "elements[3].colour", "elements[3].number", "elements[4].id", "elements[4].sound", "elements[5].exits.1",
                "elements[5].timeoutSeconds", "elements[6].periods[0].exit", "elements[6].periods[0].times[0].from", "elements[6].periods[0].times[0].to",
                "elements[6].periods[0].weekdays[0]", "elements[7].rules[0].numbers[0]"],
            answer.FaultyFields);
        var errors = answer.Json.GetProperty("errors");
        Assert.Equal("is required", errors.GetProperty("elements[0].queue")[0].GetString());
        Assert.StartsWith("'teleport' is not known", errors.GetProperty("elements[1].kind")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_looks_at_what_was_not_saved_yet()
    {
        using var client = await Tenant("linted", "943 401 123");
        (await client.Post("tenants/linted/schemes", Scheme("Infolinia", _end))).Is(HttpStatusCode.Created);
        Assert.Equal("True", (await client.Post("tenants/linted/schemes/infoline/lint", new { })).Is(HttpStatusCode.OK)["usable"]);
        var lint = (await client.Post("tenants/linted/schemes/infoline/lint", new { start = "end", elements = new[] { _end, _lost } })).Is(HttpStatusCode.OK);
        Assert.Equal(("False", "unreachable"), (lint["usable"], lint.Json.GetProperty("faults")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_call_is_simulated_before_anybody_calls()
    {
        using var client = await Tenant("tried", "943 401 124");
        (await client.Post("tenants/tried/schemes", Scheme("Infolinia", _hours, _sales, _outside, _closed, _end))).Is(HttpStatusCode.Created);
        var sunday = (await client.Post("tenants/tried/schemes/infoline/simulate", new { from = "+442071234567", at = "2026-11-22T21:00:00Z" })).Is(HttpStatusCode.OK).Json;
        Assert.Equal(["hours", "closed", "closed", "end"], sunday.GetProperty("path").EnumerateArray().Select(step => step.GetProperty("element").GetString()));
        Assert.Equal("prompt/office-closed", sunday.GetProperty("heard")[0].GetString());
        Assert.Equal(("ended", "scheme-ended"), (sunday.GetProperty("end").GetProperty("outcome").GetString(), sunday.GetProperty("end").GetProperty("cause").GetString()));

        var states = new Dictionary<string, string> { ["10"] = "noAnswer" };
        var monday = (await client.Post("tenants/tried/schemes/infoline/simulate", new { from = "600100200", to = "943401124", at = "2026-11-23T09:00:00Z", states })).Is(HttpStatusCode.OK).Json;
        Assert.Equal("Monday 2026-11-23 10:00 Europe/Warsaw is in period 'open'", monday.GetProperty("path")[0].GetProperty("reason").GetString());
        Assert.Equal(("10", "noAnswer", 45), Ring(monday, 0));
        Assert.Equal("unavailable", monday.GetProperty("path").EnumerateArray().Last().GetProperty("exit").GetString()); // no trunk is there

        (await client.Post("tenants/tried/schemes/infoline/simulate", new { from = "nobody", to = "111222333", at = "soon", digits = "1a", states = new { x = "sleeps" } }))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");
    }

    [Fact]
    public async Task The_time_of_a_simulation_is_the_companys_unless_it_says_otherwise()
    {
        using var client = await Tenant("clocked", "943 401 181");
        (await client.Post("tenants/clocked/schemes", Scheme("Infolinia", _hours, _sales, _outside, _closed, _end))).Is(HttpStatusCode.Created);
        foreach (var (at, clock) in new[]
        {
            ("2026-11-23T09:00", "Monday 2026-11-23 09:00 Europe/Warsaw"), // not the server's
            ("2026-11-23T09:00:30", "Monday 2026-11-23 09:00 Europe/Warsaw"),
            ("2026-11-23T09:00:00Z", "Monday 2026-11-23 10:00 Europe/Warsaw"),
            ("2026-11-23T09:00:00.5+05:00", "Monday 2026-11-23 05:00 Europe/Warsaw"),
        })
        {
            var run = (await client.Post("tenants/clocked/schemes/infoline/simulate", new { at })).Is(HttpStatusCode.OK);
            Assert.StartsWith(clock, run.Json.GetProperty("path")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        }

        foreach (var at in new[] { "2026-03-29T02:30", "09:00", "2026-11-23", "1999-12-31T09:00" }) // the first is an hour that the clocks leave out
            Assert.Equal(["at"], (await client.Post("tenants/clocked/schemes/infoline/simulate", new { at })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields").FaultyFields);
    }

    [Fact]
    public async Task A_simulation_names_whom_nobody_knows_and_the_version_that_it_walked()
    {
        using var client = await Tenant("walked", "943 401 182");
        (await client.Post("tenants/walked/schemes", new { id = "infoline", name = "Infolinia", start = "away", elements = new object[] { new { kind = "jump", id = "away", scheme = "gone" } } })).Is(HttpStatusCode.Created);
        var draft = (await client.Post("tenants/walked/schemes/infoline/simulate", new { })).Is(HttpStatusCode.OK);
        Assert.Equal(("", "True"), (draft["version"], draft["draft"]));
        (await client.Put("tenants/walked/schemes/infoline", Body("Infolinia", _hours, _sales, _outside, _closed, _end))).Is(HttpStatusCode.OK);
        var saved = (await client.Post("tenants/walked/schemes/infoline/simulate", new { at = "2026-11-23T09:00", states = new Dictionary<string, string> { ["10"] = "noAnswer", ["501 222 333"] = "busy" } })).Is(HttpStatusCode.OK);
        Assert.Equal(("1", "False"), (saved["version"], saved["draft"]));
        var given = (await client.Post("tenants/walked/schemes/infoline/simulate", new { start = "end", elements = new[] { _end } })).Is(HttpStatusCode.OK);
        Assert.Equal(("", "False"), (given["version"], given["draft"]));
        var wrong = await client.Post("tenants/walked/schemes/infoline/simulate", new { states = new Dictionary<string, string> { ["99"] = "busy", ["nobody"] = "busy" }, decisions = new { hours = "vip" } });
        Assert.Equal(["decisions.hours", "states.99", "states.nobody"], wrong.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields").FaultyFields);
    }

    [Fact]
    public async Task A_number_that_is_sent_an_SMS_is_written_as_everywhere()
    {
        using var client = await Tenant("texting", "943 401 183");
        var tell = new { kind = "sms", id = "hours", to = "501 222 333", text = "x", exits = new { next = "end" } };
        var made = (await client.Post("tenants/texting/schemes", Scheme("Infolinia", tell, _end))).Is(HttpStatusCode.Created);
        Assert.Equal(("1", "+48501222333"), (made["currentVersion"], made.Json.GetProperty("elements")[0].GetProperty("to").GetString()));
    }

    [Fact]
    public async Task Unsaved_elements_can_be_simulated_too()
    {
        using var client = await Tenant("unsaved", "943 401 125");
        (await client.Post("tenants/unsaved/schemes", new { id = "infoline", name = "Infolinia" })).Is(HttpStatusCode.Created);
        (await client.Post("tenants/unsaved/schemes/infoline/simulate", new { })).IsProblem(HttpStatusCode.Conflict, "scheme-not-usable");
        var run = (await client.Post("tenants/unsaved/schemes/infoline/simulate", new { start = "end", elements = new[] { _end } })).Is(HttpStatusCode.OK).Json;
        Assert.Equal("ended", run.GetProperty("end").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_switch_is_set_by_a_supervisor_and_kept_while_a_scheme_asks_for_it()
    {
        using var client = await Tenant("switched", "943 401 126");
        var made = (await client.Post("tenants/switched/switches", new { id = "night", name = "Noc", code = "" })).Is(HttpStatusCode.Created);
        Assert.Equal("False", made["on"]);
        using var supervisor = node.Client(await node.HasToken("switched", "supervisor"));
        Assert.Equal("True", (await supervisor.Put("tenants/switched/switches/night/state", new { on = true })).Is(HttpStatusCode.OK)["on"]);
        (await supervisor.Put("tenants/switched/switches/night", new { name = "x" })).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await client.Post("tenants/switched/switches", new { id = "other", name = "Inny", code = "" })).IsProblem(HttpStatusCode.Conflict, "switch-code-taken");
        (await client.Post("tenants/switched/switches", new { name = "Inny", code = "123" })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid-fields");

        var hours = new { kind = "timeCondition", id = "hours", exits = new { night = "end", otherwise = "end" }, periods = new[] { new { exit = "night", @switch = new { id = "night", on = true } } } };
        (await client.Post("tenants/switched/schemes", new { id = "s", name = "S", start = "hours", elements = new[] { hours, _end } })).Is(HttpStatusCode.Created);
        (await client.Delete("tenants/switched/switches/night")).IsProblem(HttpStatusCode.Conflict, "switch-in-use");
        var run = (await client.Post("tenants/switched/schemes/s/simulate", new { })).Is(HttpStatusCode.OK).Json;
        Assert.Equal("night", run.GetProperty("path")[0].GetProperty("exit").GetString());
        (await client.Delete("tenants/switched/schemes/s")).Is(HttpStatusCode.NoContent);
        (await client.Delete("tenants/switched/switches/night")).Is(HttpStatusCode.NoContent);
    }

    static (string?, string?, int) Ring(JsonElement run, int index)
    {
        var ring = run.GetProperty("rings")[index];
        return (ring.GetProperty("whom")[0].GetString(), ring.GetProperty("outcome").GetString(), ring.GetProperty("seconds").GetInt32());
    }

    static object Scheme(string name, params object[] elements) => new { id = "infoline", name, start = Start(elements), elements };

    static object Body(string name, params object[] elements) => new { name, start = Start(elements), elements };

    static string Start(object[] elements) => elements.Length > 1 ? "hours" : "end";

    /// <summary>A tenant with extension 10, an external number and a phone number of its own.</summary>
    async Task<HttpClient> Tenant(string id, string number)
    {
        await node.HasTenant(id);
        var client = node.Operator();
        (await client.Post("operator/phone-numbers", new { number, tenant = id })).Is(HttpStatusCode.Created);
        (await client.Post($"tenants/{id}/extensions", new { number = "10" })).Is(HttpStatusCode.Created);
        var quote = (await client.Post($"tenants/{id}/external-numbers/quote", new { number = "943 401 199" })).Is(HttpStatusCode.OK)["quoteId"];
        (await client.Post($"tenants/{id}/external-numbers", new { id = "office", number = "943 401 199", acceptedQuoteId = quote })).Is(HttpStatusCode.Created);
        return client;
    }
}
