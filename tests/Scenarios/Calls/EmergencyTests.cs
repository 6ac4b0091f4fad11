using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Who calls for help is put through when nobody else is (PRODUCT §11).</summary>
public sealed class EmergencyTests
{
    [Theory]
    [InlineData("112")]
    [InlineData("%2331%23112")] // #31#112
    public async Task An_emergency_call_finds_audio_ports_and_a_place_when_all_are_taken(string dialled)
    {
        // Four ports for one call, four more for an emergency call, and room for one call only.
        var first = 26_500 + (8 * Random.Shared.Next(60));
        await using var company = await DemoCompany.Start($"telecube {{ media {{ ports = {first}-{first + 7}, emergency-calls = 1 }}, limits.max-calls = 2 }}");
        var exit = await Carrier.Add(company);
        await using var rescue = await SippRun.Start(new() { Scenario = Carrier.Scenario("Harness/uas.xml"), Local = exit, Calls = 1 });
        var (secretary, office, third) = (await company.Phone("10"), await company.Phone("11"), await company.Phone("13"));
        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());

        await third.Dial("601222333");
        Assert.StartsWith("503", (await third.IsOver()).Param, StringComparison.Ordinal);
        await third.Dial(dialled);
        await third.Talks();
        await third.HangUp();
        await office.HangUp();
        await secretary.IsOver();

        var end = await rescue.End();
        Assert.True(end.IsFine, end.ToString());
        Assert.Contains("INVITE sip:112@", end.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("Privacy: id", end.Messages, StringComparison.Ordinal);
        var cdrs = await company.Cdrs(3);
        Assert.Equal(["no-media-port", "answered", "answered"], cdrs.Select(cdr => cdr.GetProperty("disposition").GetString()).OrderDescending());
    }
}
