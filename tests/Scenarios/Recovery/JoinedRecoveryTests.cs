using TeleCube.Scenarios.Tests.Calls;
using TeleCube.Scenarios.Tests.Given;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>kill -9 under two calls that were joined by an attended transfer: the conversation goes on, and it is as good as before.</summary>
public sealed class JoinedRecoveryTests
{
    [Fact]
    public async Task A_joined_conversation_survives_kill_minus_nine()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "12");
        var (held, talks) = await TransferTests.Join(farm);
        var (office, agnes) = (held.Callee, talks.Callee);

        await company.Node.Kill();
        await company.Node.StartAgain();
        await Hear(office, agnes);

        await office.Hold().WaitAsync(FarmTalk.Guard);
        await office.Resume().WaitAsync(FarmTalk.Guard);
        await Hear(office, agnes);
        var key = agnes.Audio.HearKey();
        office.Audio.Press(7);
        Assert.Equal(7, await key.WaitAsync(FarmTalk.Guard));

        await agnes.Bye().WaitAsync(FarmTalk.Guard);
        await office.Over.WaitAsync(FarmTalk.Guard);
        var cdrs = await company.Cdrs(2);
        Assert.All(cdrs, cdr => Assert.Equal((1, "hung-up"), (cdr.GetProperty("recoveries").GetInt32(), cdr.GetProperty("cause").GetProperty("code").GetString())));
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    /// <summary>Each hears the other, from now on.</summary>
    static Task<DateTimeOffset[]> Hear(FarmCall one, FarmCall other) =>
        Task.WhenAll(one.Audio.Hear(other.Audio.Hz), other.Audio.Hear(one.Audio.Hz)).WaitAsync(FarmTalk.Guard);
}
