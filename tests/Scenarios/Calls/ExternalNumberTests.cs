using System.Net;
using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Http;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What external numbers do that others do not (PRODUCT §2).</summary>
public sealed class ExternalNumberTests
{
    [Fact]
    public async Task A_number_that_has_answered_is_pressed_its_keys_and_then_connected()
    {
        await using var company = await DemoCompany.Start();
        await using var infoline = await OutsidePhone.Add(company, "+48601222333");
        await OutsidePhone.AddExternal(company, "infoline", "601222333", new { dtmfSequence = "47,1#" });
        await OutsidePhone.ForwardTo(company, "infoline");
        var source = new IPEndPoint(IPAddress.Parse("127.0.9.200"), FreePorts.Take());
        await company.AddTrunk("carrier-in", source, priority: 20);

        await using var carrier = await CallIn(company, source, "carrier-calls.xml");
        await infoline.Rings();
        await infoline.Answer();
        foreach (var key in "471#") await infoline.HearsDigit(key);
        await infoline.IsOver();

        var result = await carrier.End();
        Assert.True(result.IsFine, result.ToString());
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal("answered", cdr.GetProperty("disposition").GetString());
        var story = await OutsidePhone.Story(company, cdr.GetProperty("id").GetString()!);
        var codes = story.Select(entry => entry.Code).Where(code => code is "sends-digits" or "digits-sent" or "bridged");
        Assert.Equal(["sends-digits", "digits-sent", "bridged"], codes);
        Assert.DoesNotContain(story, entry => entry.Text.Contains("47,1#", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_consultant_outside_passes_the_caller_on_by_a_short_code_and_an_SMS_says_who_calls()
    {
        await using var gateway = new SmallHttpServer();
        using var folder = new TempFolder();
        folder.Write("sms-secret", "a secret of the gateway\n");
        await using var company = await DemoCompany.Start($$"""telecube.sms { gateway-url = "{{gateway.Address}}send", secret-file = "{{folder["sms-secret"]}}" }""");
        await using var consultant = await OutsidePhone.Add(company, "+48601222333");
        await using var boss = await OutsidePhone.Add(company, "+48602333444");
        await OutsidePhone.AddExternal(company, "consultant", "601222333", new { mayTransfer = true });
        await OutsidePhone.AddExternal(company, "boss", "602333444", new { shortCode = "022", presentation = "passive", sendsCallerBySms = true });
        await OutsidePhone.ForwardTo(company, "consultant");
        var source = new IPEndPoint(IPAddress.Parse("127.0.9.201"), FreePorts.Take());
        await company.AddTrunk("carrier-in", source, priority: 20);

        await using var carrier = await CallIn(company, source, "carrier-listens.xml");
        await consultant.Rings();
        await consultant.Answer();
        await consultant.Talks();
        await consultant.SendDigits("*022#");
        var ringing = await boss.Rings();
        Assert.Contains("601000111", ringing.Peer, StringComparison.Ordinal); // Pasywna: the caller's own
        var sms = await gateway.Asked();
        Assert.Equal("Bearer a secret of the gateway", sms.Headers["Authorization"]);
        Assert.Contains("Dzwoni: +48601000111 na numer +48943401128 (", JsonDocument.Parse(sms.Body).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        await boss.Answer();
        await boss.Talks();
        await consultant.IsOver();
        await boss.HangUp();

        var result = await carrier.End();
        Assert.True(result.IsFine, result.ToString());
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(["+48601000111", "+48601222333", "+48602333444"], cdr.GetProperty("legs").EnumerateArray().Select(leg => leg.GetProperty("party").GetString()));
        var story = await OutsidePhone.Story(company, cdr.GetProperty("id").GetString()!);
        Assert.Contains(story, entry => entry.Text.Contains("transferred by DTMF", StringComparison.Ordinal));
        Assert.DoesNotContain(story, entry => entry.Text.Contains("*022", StringComparison.Ordinal));
        var audit = await company.Get("/api/v1/operator/audit");
        Assert.Contains(audit.GetProperty("items").EnumerateArray(), entry => entry.GetProperty("action").GetString() == "transfer-by-dtmf");
        await DemoCompany.Until(async () =>
        {
            var log = await company.Get($"/api/v1/tenants/{DemoCompany.Id}/sms?state=sent");
            return (log.GetProperty("items").EnumerateArray().Any(row => row.GetProperty("to").GetString() == "+48602333444"), log.ToString());
        }, TimeSpan.FromSeconds(30));
        Assert.Equal(0, gateway.Unread); // one only, to the boss only
    }

    [Fact]
    public async Task An_extension_calls_an_external_number_by_its_short_code()
    {
        await using var company = await DemoCompany.Start();
        await using var boss = await OutsidePhone.Add(company, "+48602333444");
        await OutsidePhone.AddExternal(company, "boss", "602333444", new { shortCode = "022" });
        var secretary = await company.Phone("10");
        await secretary.Dial($"sip:*022%23@{company.Node.Sip}");
        var ringing = await boss.Rings();
        Assert.Contains("943401128", ringing.Peer, StringComparison.Ordinal);
        await boss.Answer();
        await Task.WhenAll(secretary.Talks(), boss.Talks());
        await boss.HangUp();
        Assert.Equal("answered", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }

    [Fact]
    public async Task A_carrier_that_refuses_the_callers_number_is_shown_the_companys_at_once()
    {
        await using var company = await DemoCompany.Start();
        var (source, exit) = (new IPEndPoint(IPAddress.Parse("127.0.9.202"), FreePorts.Take()), new IPEndPoint(IPAddress.Parse("127.0.9.203"), FreePorts.Take()));
        await company.AddTrunk("carrier-in", source, priority: 20);
        await company.AddTrunk("carrier-out", exit, priority: 10, channelLimit: 1);
        await OutsidePhone.AddExternal(company, "mobile", "601222333", new { presentation = "passive" });
        await OutsidePhone.ForwardTo(company, "mobile");
        await using var refusing = await SippRun.Start(new() { Scenario = Carrier.Scenario("Calls/carrier-refuses-foreign.xml"), Local = exit, Calls = 1 });

        await using var carrier = await CallIn(company, source, "carrier-calls.xml");
        var (called, result) = (await refusing.End(), await carrier.End());
        Assert.True(called.IsFine, called.ToString());
        Assert.True(result.IsFine, result.ToString());
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(("answered", 2), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("legs").GetArrayLength()));
        var story = await OutsidePhone.Story(company, cdr.GetProperty("id").GetString()!);
        Assert.Contains(story, entry => entry.Code == "shown-number" && entry.Text.Contains("403", StringComparison.Ordinal));
    }

    static Task<SippRun> CallIn(DemoCompany company, IPEndPoint source, string scenario) => SippRun.Start(new()
    {
        Scenario = Carrier.Scenario($"Calls/{scenario}"),
        Local = source,
        Remote = company.Node.Sip,
        Keys = new Dictionary<string, string> { ["caller"] = "+48601000111" },
        Calls = 1,
    });
}
