using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
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

        await using var carrier = await SippRun.Start(new()
        {
            Scenario = Carrier.Scenario("Calls/carrier-calls.xml"),
            Local = source,
            Remote = company.Node.Sip,
            Keys = new Dictionary<string, string> { ["caller"] = "+48601000111" },
            Calls = 1,
        });
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
}
