using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Capture;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What a carrier is told of the caller, as it passes on the wire (RFC 3323, RFC 3325, RFC 5806).</summary>
public sealed class IdentityTests
{
    const string Own = "+48943401128";
    const string Caller = "+48601000111";
    const string Called = "601222333";

    static readonly string[] _identity = ["sip.from.display.info", "sip.from.addr", "sip.P-Asserted-Identity", "sip.Privacy", "sip.Diversion"];

    [Fact]
    public async Task A_withheld_number_goes_to_the_carrier_alone()
    {
        await using var company = await DemoCompany.Start();
        await company.SetExtension("10", new { description = "Sekretariat", presentedNumber = Own, hidesNumber = true });

        var invite = await InviteOf(company, await Carrier.Add(company), () => Dialled(company));

        Assert.Equal("Anonymous", invite[0].Trim('"'));
        Assert.Equal("sip:anonymous@anonymous.invalid", invite[1]);
        Assert.StartsWith($"<sip:{Own}@", invite[2], StringComparison.Ordinal);
        Assert.Equal("id", invite[3]);
        Assert.Empty(invite[4]);
    }

    [Fact]
    public async Task A_carrier_that_shall_know_nothing_is_told_nothing()
    {
        await using var company = await DemoCompany.Start();
        await company.SetExtension("10", new { description = "Sekretariat", presentedNumber = Own, hidesNumber = true });
        var exit = await Carrier.Add(company, privacy: "anonymousFrom");
        await using var wire = await LoopbackCapture.Start($"udp dst port {exit.Port}");

        var end = await Answered(exit, () => Dialled(company));

        Assert.Contains("anonymous.invalid", end.Messages, StringComparison.Ordinal);
        Assert.Empty(await wire.Fields($"frame contains \"{Own[1..]}\" || frame contains \"Sekretariat\"", "frame.number"));
    }

    [Fact]
    public async Task A_shown_number_is_asserted_too()
    {
        await using var company = await DemoCompany.Start();

        var invite = await InviteOf(company, await Carrier.Add(company), () => Dialled(company));

        Assert.StartsWith($"sip:{Own}@", invite[1], StringComparison.Ordinal);
        Assert.StartsWith($"<sip:{Own}@", invite[2], StringComparison.Ordinal);
        Assert.Empty(invite[3]);
        Assert.Empty(invite[4]);
    }

    [Theory]
    [InlineData("active", Own)]
    [InlineData("passive", Caller)]
    public async Task A_number_forwarded_outside_names_who_diverted(string presentation, string shown)
    {
        await using var company = await DemoCompany.Start();
        var tenant = $"/api/v1/tenants/{DemoCompany.Id}";
        var quote = await company.Send(HttpMethod.Post, $"{tenant}/external-numbers/quote", new { number = Called });
        await company.Send(HttpMethod.Post, $"{tenant}/external-numbers", new
        {
            id = "mobile",
            number = Called,
            presentation,
            acceptedQuoteId = quote.GetProperty("quoteId").GetString(),
        });
        await company.Send(HttpMethod.Put, $"{tenant}/phone-numbers", new
        {
            items = new[] { new { number = Own, forwardTo = new { kind = "externalNumber", id = "mobile" } } },
        });

        var invite = await Forwarded(company);

        Assert.StartsWith($"sip:{shown}@", invite[1], StringComparison.Ordinal);
        Assert.StartsWith($"<sip:{shown}@", invite[2], StringComparison.Ordinal);
        Assert.Empty(invite[3]);
        Diverts(invite[4], "unconditional");
    }

    [Fact]
    public async Task An_extension_that_forwards_shows_its_own_number_and_names_itself()
    {
        await using var company = await DemoCompany.Start();
        await company.SetExtension(
            "10", new { description = "Sekretariat", presentedNumber = Own, doNotDisturb = true, forwards = new { busy = Called } });

        var invite = await Forwarded(company);

        Assert.StartsWith($"sip:{Own}@", invite[1], StringComparison.Ordinal);
        Assert.StartsWith($"<sip:{Own}@", invite[2], StringComparison.Ordinal);
        Diverts(invite[4], "do-not-disturb");
    }

    /// <summary>RFC 5806: who diverted, why, and how often that has happened.</summary>
    static void Diverts(string diversion, string reason)
    {
        Assert.StartsWith($"<sip:{Own}@", diversion, StringComparison.Ordinal);
        Assert.Contains($";reason={reason}", diversion, StringComparison.Ordinal);
        Assert.Contains(";counter=1", diversion, StringComparison.Ordinal);
    }

    static async Task<string[]> Forwarded(DemoCompany company)
    {
        // Calls come in by a carrier of no use for calls out: nobody listens there.
        var exit = await Carrier.Add(company);
        return await InviteOf(company, exit, async () =>
        {
            await using var carrier = await SippRun.Start(new()
            {
                Scenario = Carrier.Scenario("Calls/carrier-calls.xml"),
                Local = new IPEndPoint(exit.Address, FreePorts.Take()),
                Remote = company.Node.Sip,
                Keys = new Dictionary<string, string> { ["caller"] = Caller },
                Calls = 1,
            });
            var end = await carrier.End();
            Assert.True(end.IsFine, end.ToString());
        });
    }

    static async Task Dialled(DemoCompany company)
    {
        var secretary = await company.Phone("10");
        await secretary.Dial(Called);
        await secretary.Talks();
        await secretary.HangUp();
    }

    /// <summary>The identity in the one INVITE that goes out.</summary>
    static async Task<string[]> InviteOf(DemoCompany company, IPEndPoint exit, Func<Task> call)
    {
        await using var wire = await LoopbackCapture.Start($"udp dst port {exit.Port}");
        await Answered(exit, call);
        var invite = Assert.Single(await wire.Fields("sip.Method == \"INVITE\"", _identity));
        Assert.Equal("answered", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
        return invite;
    }

    static async Task<SippResult> Answered(IPEndPoint exit, Func<Task> call)
    {
        await using var called = await SippRun.Start(new() { Scenario = Carrier.Scenario("Harness/uas.xml"), Local = exit, Calls = 1 });
        await call();
        var end = await called.End();
        Assert.True(end.IsFine, end.ToString());
        return end;
    }
}
