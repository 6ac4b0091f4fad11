using System.Net;
using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Phones;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Stores;

/// <summary>A database that is away or a disk that is full under a running node: what runs goes on, 112 goes through, the rest is refused and told so, nothing is lost.</summary>
[Collection(Alone.Name)]
public sealed class StoreAwayTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan _soon = TimeSpan.FromSeconds(30);
    static readonly string _here = Path.Combine(Repository.Folder, "tests/Scenarios");

    [Fact]
    public async Task PostgreSQL_that_is_stopped_and_started_again()
    {
        await using var postgres = await ThrowawayPostgres.Start();
        await using var company = await DemoCompany.StartOn(await postgres.CreateDatabase());
        await GoOn(company, postgres.ShutDown, postgres.Restart);
    }

    [Fact]
    public async Task A_call_to_an_escaped_NUL_ends_with_its_record()
    {
        await using var postgres = await ThrowawayPostgres.Start();
        await using var company = await DemoCompany.StartOn(await postgres.CreateDatabase());
        var secretary = await company.Phone("10");

        await secretary.Dial("1%00");
        await secretary.IsOver();

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal("1\uFFFD", cdr.GetProperty("callee").GetString());
        Assert.Equal("no-such-number", cdr.GetProperty("disposition").GetString());
        await NothingIsLeft(company);
    }

    [Fact]
    public async Task A_phone_cannot_register_while_the_store_is_away_and_those_that_had_are_there_when_it_is_back()
    {
        await using var postgres = await ThrowawayPostgres.Start();
        await using var company = await DemoCompany.StartOn(await postgres.CreateDatabase());
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));

        await postgres.ShutDown();
        await ReadyIs(company, false);
        await using var late = await BaresipPhone.Start(company.Of("13"));
        Assert.StartsWith("503", (await late.Expect("REGISTER_FAIL")).Param, StringComparison.Ordinal);

        await postgres.Restart();
        await ReadyIs(company, true);
        await secretary.Dial("11");
        await office.Rings();
        await office.HangUp();
        await secretary.IsOver();
        var again = await company.Phone("13");
        await secretary.Dial("13");
        await again.Rings();
        await again.HangUp();
    }

    [Fact]
    public async Task SQLite_on_a_disk_that_is_full()
    {
        using var disk = SmallDisk.Mount(megabytes: 16);
        await using var company = await DemoCompany.Start($"telecube.storage.path = \"{Path.Combine(disk.Path, "telecube.db")}\"");
        await GoOn(company, () => Do(disk.Fill), () => Do(disk.Empty));
    }

    static async Task GoOn(DemoCompany company, Func<Task> takeAway, Func<Task> giveBack)
    {
        var exit = new IPEndPoint(IPAddress.Parse("127.0.5.9"), FreePorts.Take());
        await company.AddTrunk("carrier-out", exit);
        await using var called = await SippRun.Start(new() { Scenario = Path.Combine(_here, "Harness/uas.xml"), Local = exit, Calls = 1 });
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));
        var (third, fourth) = (await company.Phone("13"), await company.Phone("14"));
        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await office.Hears(DemoCompany.Tone("10"), _second);

        var boss = new { login = "boss", name = "Boss", role = "administrator", password = "a-long-password" };
        await company.Send(HttpMethod.Post, $"/api/v1/tenants/{DemoCompany.Id}/users", boss);

        await takeAway();
        await ReadyIs(company, false);

        // Who must act now can: the node is drained and taken back, people sign in.
        await company.Send(HttpMethod.Post, "/api/v1/operator/nodes/node-1/drain");
        await company.Send(HttpMethod.Post, "/api/v1/operator/nodes/node-1/resume");
        await company.Send(HttpMethod.Post, "/api/v1/sessions", new { boss.login, boss.password });

        // New calls are refused, by phone and by order; 112 is not.
        await third.Dial("14");
        Assert.Contains("503", (await third.IsOver()).Param, StringComparison.Ordinal);
        var (status, problem) = await company.Try(HttpMethod.Post, $"/api/v1/tenants/{DemoCompany.Id}/calls", new { from = "13", to = "14" });
        Assert.True(status == 503, $"{status} {problem}");
        await third.Dial("112");
        await third.Talks();

        // What runs is heard, and can be ended.
        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("10"), _second));
        await office.HangUp();
        await secretary.IsOver();
        await third.HangUp();
        Assert.True((await called.End()).IsFine);

        await giveBack();
        await ReadyIs(company, true);

        await fourth.Dial("10");
        await secretary.Rings();
        await secretary.Answer();
        await Task.WhenAll(secretary.Talks(), fourth.Talks());
        await fourth.HangUp();
        await secretary.IsOver();

        var cdrs = await company.Cdrs(3);
        Assert.Equal(3, cdrs.Count);
        Assert.Equal(["11", "112", "10"], cdrs.Select(cdr => cdr.GetProperty("callee").GetString()));
        Assert.All(cdrs, cdr => Assert.Equal("answered", cdr.GetProperty("disposition").GetString()));
        await NothingIsLeft(company);
        await AuditHas(company, "drain-node", "resume-node", "sign-in");
    }

    static Task AuditHas(DemoCompany company, params string[] actions) => DemoCompany.Until(
        async () =>
        {
            var entries = (await company.Get("/api/v1/operator/audit?limit=100")).GetProperty("items").EnumerateArray();
            var missing = actions.Except(entries.Select(entry => entry.GetProperty("action").GetString()!)).ToList();
            return (missing.Count == 0, $"no {string.Join(", ", missing)} in the audit log");
        },
        _soon);

    /// <summary>/readyz says so, and names the store when it is to blame.</summary>
    static Task ReadyIs(DemoCompany company, bool ready) => DemoCompany.Until(
        async () =>
        {
            var (status, text) = await company.Try(HttpMethod.Get, "/readyz");
            var storage = JsonDocument.Parse(text).RootElement.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "storage");
            return (status == (ready ? 200 : 503) && storage.GetProperty("ok").GetBoolean() == ready, $"{status} {text}");
        },
        _soon);

    static Task NothingIsLeft(DemoCompany company) => DemoCompany.Until(
        async () =>
        {
            var left = (await company.Metrics()).Split('\n')
                .Where(line => line.StartsWith("telecube_calls_live ", StringComparison.Ordinal) || line.StartsWith("telecube_calls_actors ", StringComparison.Ordinal)
                    || line.StartsWith("telecube_media_ports ", StringComparison.Ordinal) || line.StartsWith("telecube_sip_invites_unanswered ", StringComparison.Ordinal))
                .ToList();
            return (left.Count > 2 && left.TrueForAll(line => line.EndsWith(" 0", StringComparison.Ordinal)), string.Join(", ", left));
        },
        TimeSpan.FromSeconds(40));

    static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
