using TeleCube.Scenarios.Tests.Given;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Transfers by the phones' own means: REFER, with and without Replaces.</summary>
public sealed class TransferTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_blind_transfer_connects_the_caller_with_the_third()
    {
        await using var company = await DemoCompany.Start();
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        var third = await company.Phone("13");
        await caller.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(caller.Talks(), office.Talks());

        await office.Transfer("13");
        await third.Rings();
        await third.Answer();
        await office.IsOver();
        await third.Talks();
        await Task.WhenAll(caller.Hears(DemoCompany.Tone("13"), _second), third.Hears(DemoCompany.Tone("10"), _second));

        await third.HangUp();
        await caller.IsOver();
        Assert.Single(await company.Cdrs(1));
    }
}
