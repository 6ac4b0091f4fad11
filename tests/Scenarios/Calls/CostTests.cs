using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What a call through a carrier costs, to the last decimal (PRODUCT §10).</summary>
public sealed class CostTests
{
    static readonly string _answers = Path.Combine(Repository.Folder, "tests/Scenarios/Harness/uas.xml");

    /// <summary>The call lasts longer than a second and shorter than the step that it is in, so the steps alone say what is charged.</summary>
    [Theory]
    [InlineData("601222333", "Komórka testowa", 20, "0.0411", "0.0506")] // 0.1234 · 20/60 = 0.041133…; VAT 0.009453 → 0.0095
    [InlineData("601922333", "Droższa komórka", 21, "0.1167", "0.1435")] // 0.3333 · 21/60 = 0.116655 → 0.1167; VAT 0.026841 → 0.0268
    [InlineData("943401199", "Stacjonarne", 15, "0.0125", "0.0154")] // 0.05 · 15/60 = 0.0125; VAT 0.002875 → 0.0029
    public async Task The_longest_prefix_and_its_steps_make_the_price(string number, string name, int charged, string net, string gross)
    {
        await using var company = await DemoCompany.Start();
        await company.Send(HttpMethod.Put, "/api/v1/operator/tariffs/standard", new
        {
            name = "Standard",
            vat = new[] { new { from = "2011-01-01", rate = "0.23" } },
            rows = new[]
            {
                new { key = "48", name = "Stacjonarne", net = "0.0500", firstStepSeconds = 15, nextStepSeconds = 1 },
                new { key = "48601", name = "Komórka testowa", net = "0.1234", firstStepSeconds = 20, nextStepSeconds = 30 },
                new { key = "486019", name = "Droższa komórka", net = "0.3333", firstStepSeconds = 1, nextStepSeconds = 20 },
            },
        });
        var exit = new IPEndPoint(IPAddress.Parse("127.0.5.20"), FreePorts.Take());
        await company.AddTrunk("carrier-out", exit);
        await using var called = await SippRun.Start(new() { Scenario = _answers, Local = exit, Calls = 1 });
        var secretary = await company.Phone("10");

        await secretary.Dial(number);
        await secretary.Talks();
        await secretary.Listen(TimeSpan.FromSeconds(2));
        await secretary.HangUp();
        Assert.True((await called.End()).IsFine);

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.InRange(cdr.GetProperty("durationSeconds").GetInt32(), 2, 14);
        Assert.Equal(name, cdr.GetProperty("destination").GetString());
        Assert.Equal((net, gross), (cdr.GetProperty("cost").GetProperty("net").GetString(), cdr.GetProperty("cost").GetProperty("gross").GetString()));
        var leg = cdr.GetProperty("legs").EnumerateArray().Single(leg => leg.GetProperty("trunk").ValueKind == System.Text.Json.JsonValueKind.String);
        Assert.Equal(charged, leg.GetProperty("chargedSeconds").GetInt32());
    }
}
