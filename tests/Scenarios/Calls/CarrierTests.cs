using System.Net;
using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>SIPp as a carrier: calls come in by a trunk and go out by one, and the wire shows the right numbers.</summary>
public sealed class CarrierTests
{
    const string Caller = "+48601000111";
    static readonly string _here = Path.Combine(Repository.Folder, "tests/Scenarios");
    static readonly string _answers = Path.Combine(_here, "Harness/uas.xml");

    [Fact]
    public async Task A_call_to_the_company_rings_its_extension()
    {
        await using var company = await DemoCompany.Start();
        var source = Address(2);
        await AddTrunk(company, "carrier-in", source, priority: 10);
        var secretary = await company.Phone("10");

        await using var carrier = await CallIn(company, source);
        var ringing = await secretary.Rings();
        Assert.Contains("601000111", ringing.Peer, StringComparison.Ordinal);
        await secretary.Answer();
        await secretary.Talks();
        await secretary.IsOver();

        var result = await carrier.End();
        Assert.True(result.IsFine, result.ToString());
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal("answered", cdr.GetProperty("disposition").GetString());
        Assert.Equal("incoming", cdr.GetProperty("direction").GetString());
    }

    /// <summary>An office whose ISDN gateway is a trunk and whose phones are behind the same router.</summary>
    [Fact]
    public async Task Phones_at_the_address_of_a_trunk_are_phones_and_the_trunk_is_a_trunk()
    {
        await using var company = await DemoCompany.Start();
        var gateway = new IPEndPoint(IPAddress.Loopback, FreePorts.Take());
        await AddTrunk(company, "gateway", gateway, priority: 10);
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));
        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await office.HangUp();
        await secretary.IsOver();

        await using (var rescue = await SippRun.Start(new() { Scenario = _answers, Local = gateway, Calls = 1 }))
        {
            await office.Dial("112");
            await office.Talks();
            await office.HangUp();
            Assert.Contains("INVITE sip:112@", (await rescue.End()).Messages, StringComparison.Ordinal);
        }

        await using var caller = await CallIn(company, gateway);
        await secretary.Rings();
        await secretary.Answer();
        var result = await caller.End();
        Assert.True(result.IsFine, result.ToString());
        Assert.Equal(["incoming", "internal", "outgoing"], (await company.Cdrs(3)).Select(cdr => cdr.GetProperty("direction").GetString()).Order());
    }

    [Theory]
    [InlineData("active", "48943401128")]
    [InlineData("passive", "48601000111")]
    public async Task A_call_forwarded_outside_shows_the_number_that_was_chosen(string presentation, string shown)
    {
        await using var company = await DemoCompany.Start();
        var (source, exit) = (Address(3), Address(4));
        await AddTrunk(company, "carrier-in", source, priority: 20);
        await AddTrunk(company, "carrier-out", exit, priority: 10);
        await Forward(company, "601222333", presentation);
        await using var called = await SippRun.Start(new() { Scenario = _answers, Local = exit, Calls = 1 });

        await using var carrier = await CallIn(company, source);
        var result = await carrier.End();

        Assert.True(result.IsFine, result.ToString());
        var end = await called.End();
        Assert.True(end.IsFine, end.ToString());
        Assert.Contains("INVITE sip:+48601222333@", end.Messages, StringComparison.Ordinal);
        Assert.Contains(shown, From(end.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_outside_that_talks_is_busy_for_whom_would_be_forwarded_to_it()
    {
        await using var company = await DemoCompany.Start();
        var (source, exit) = (Address(8), Address(9));
        await AddTrunk(company, "carrier-in", source, priority: 20);
        await AddTrunk(company, "carrier-out", exit, priority: 10);
        await Forward(company, "601222333", "active");
        await using var called = await SippRun.Start(new() { Scenario = _answers, Local = exit, Calls = 1 });
        var secretary = await company.Phone("10");
        await secretary.Dial("601222333");
        await secretary.Talks();

        var refused = await SippRun.Run(new()
        {
            Scenario = Carrier.Scenario("Calls/carrier-is-refused.xml"),
            Local = source,
            Remote = company.Node.Sip,
            Keys = new Dictionary<string, string> { ["number"] = "+48943401128", ["audio"] = "40000" },
            Calls = 1,
        });
        await secretary.HangUp();

        Assert.True(refused.IsFine, refused.ToString());
        Assert.Contains("SIP/2.0 486 ", refused.Messages, StringComparison.Ordinal);
        Assert.True((await called.End()).IsFine);
        Assert.Equal(["answered", "busy"], (await company.Cdrs(2)).Select(cdr => cdr.GetProperty("disposition").GetString()));
    }

    [Fact]
    public async Task The_third_trunk_takes_the_call_that_two_refuse()
    {
        await using var company = await DemoCompany.Start();
        var exits = new[] { Address(5), Address(6), Address(7) };
        for (var i = 0; i < exits.Length; i++) await AddTrunk(company, $"carrier-{i}", exits[i], priority: 10 * (i + 1));
        var refuses = Path.Combine(_here, "Calls/carrier-refuses.xml");
        await using var first = await SippRun.Start(new() { Scenario = refuses, Local = exits[0], Calls = 1 });
        await using var second = await SippRun.Start(new() { Scenario = refuses, Local = exits[1], Calls = 1 });
        await using var third = await SippRun.Start(new() { Scenario = _answers, Local = exits[2], Calls = 1 });
        var secretary = await company.Phone("10");

        await secretary.Dial("601222333");
        await secretary.Talks();
        await secretary.HangUp();

        var end = await third.End();
        Assert.True(end.IsFine, end.ToString());
        Assert.Contains("INVITE sip:+48601222333@", end.Messages, StringComparison.Ordinal);
        Assert.Contains("48943401128", From(end.Messages), StringComparison.Ordinal);
        Assert.True((await first.End()).IsFine);
        Assert.True((await second.End()).IsFine);
        Assert.Equal("answered", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }

    /// <summary>An address of its own for each carrier, for that is how a trunk is known.</summary>
    static IPEndPoint Address(int last) => new(IPAddress.Parse($"127.0.5.{last}"), FreePorts.Take());

    static Task<JsonElement> AddTrunk(DemoCompany company, string id, IPEndPoint address, int priority) =>
        company.Send(HttpMethod.Post, "/api/v1/operator/trunks", new
        {
            id,
            host = $"{address.Address}",
            port = address.Port,
            pingSeconds = 0,
            callerId = new { allowsForeign = true },
            routing = new { priority },
        });

    static async Task Forward(DemoCompany company, string number, string presentation)
    {
        var tenant = $"/api/v1/tenants/{DemoCompany.Id}";
        var quote = await company.Send(HttpMethod.Post, $"{tenant}/external-numbers/quote", new { number });
        await company.Send(HttpMethod.Post, $"{tenant}/external-numbers", new
        {
            id = "mobile",
            number,
            presentation,
            acceptedQuoteId = quote.GetProperty("quoteId").GetString(),
        });
        await company.Send(HttpMethod.Put, $"{tenant}/phone-numbers", new
        {
            items = new[] { new { number = "+48943401128", forwardTo = new { kind = "externalNumber", id = "mobile" } } },
        });
    }

    static Task<SippRun> CallIn(DemoCompany company, IPEndPoint source) => SippRun.Start(new()
    {
        Scenario = Path.Combine(_here, "Calls/carrier-calls.xml"),
        Local = source,
        Remote = company.Node.Sip,
        Keys = new Dictionary<string, string> { ["caller"] = Caller },
        Calls = 1,
    });

    /// <summary>The From of the first INVITE that SIPp wrote down.</summary>
    static string From(string messages) => messages.Split('\n').First(line => line.StartsWith("From:", StringComparison.OrdinalIgnoreCase));
}
