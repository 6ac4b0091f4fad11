using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What is not for the exchange goes through it: bodies, headers, an INFO and its answer, and why somebody hung up (RFC 5621, 6086, 3326, 7433).</summary>
public sealed class PassedOnTests
{
    [Fact]
    public async Task What_one_carrier_says_the_other_hears()
    {
        await using var company = await DemoCompany.Start();
        var (source, exit) = (new IPEndPoint(IPAddress.Parse("127.0.9.230"), FreePorts.Take()), new IPEndPoint(IPAddress.Parse("127.0.9.231"), FreePorts.Take()));
        await company.AddTrunk("carrier-in", source, priority: 20);
        await company.AddTrunk("carrier-out", exit, priority: 10);
        await OutsidePhone.AddExternal(company, "mobile", "601222333", new { presentation = "active" });
        await OutsidePhone.ForwardTo(company, "mobile");
        await using var called = await SippRun.Start(new() { Scenario = Carrier.Scenario("Calls/carrier-hears-more.xml"), Local = exit, Calls = 1 });

        var calling = await SippRun.Run(new()
        {
            Scenario = Carrier.Scenario("Calls/carrier-says-more.xml"),
            Local = source,
            Remote = company.Node.Sip,
            Keys = new Dictionary<string, string> { ["caller"] = "+48601000111" },
            Calls = 1,
        });

        var heard = await called.End();
        Assert.True(calling.IsFine && heard.IsFine, $"{calling}\n{heard}");
        Assert.Equal("answered", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }
}
