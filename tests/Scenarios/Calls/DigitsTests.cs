using TeleCube.Scenarios.Tests.Given;

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
}
