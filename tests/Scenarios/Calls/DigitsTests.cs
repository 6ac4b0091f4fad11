using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Keys pressed while talking.</summary>
public sealed class DigitsTests
{
    [Fact]
    public async Task Telephone_events_arrive_in_their_order()
    {
        await using var company = await DemoCompany.Start();
        var secretary = await company.Phone("10");
        var office = await company.Phone("11");
        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());

        await secretary.SendDigits("15#");
        await office.HearsDigit('1');
        await office.HearsDigit('5');
        await office.HearsDigit('#');
        await office.SendDigits("9");
        await secretary.HearsDigit('9');
    }
    [Fact]
    public async Task Keys_by_info_arrive_as_telephone_events_in_their_order()
    {
        await using var company = await DemoCompany.Start();
        var office = await company.Phone("11");
        await using var sipp = await SippRun.Start(new()
        {
            Scenario = Path.Combine(Repository.Folder, "tests/Scenarios/Calls/info-keys.xml"),
            Remote = company.Node.Sip,
            Service = "11",
            Credentials = ($"{DemoCompany.Id}_10", "demo-10"),
            Calls = 1,
        });
        await office.Rings();
        await office.Answer();
        await office.Talks();
        foreach (var key in "15#*") await office.HearsDigit(key);
        await office.HangUp();

        var result = await sipp.End();
        Assert.True(result.IsFine, result.ToString());
    }
}
