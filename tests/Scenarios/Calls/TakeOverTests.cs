using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>INVITE with Replaces (RFC 3891): a phone takes a call from another's hand, or picks up what rings elsewhere.</summary>
public sealed class TakeOverTests
{
    const double Tone = 1500;
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_phone_takes_the_call_of_another_also_while_the_node_is_emptied()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(caller.Talks(), office.Talks());

        await company.Send(HttpMethod.Post, "/api/v1/operator/nodes/node-1/drain");
        var taker = await farm["12"].Dial("11", Tone, await company.PlaceOf(await company.LiveCall("10", "11"), 1));
        Assert.Equal(200, (await taker.Final.WaitAsync(FarmTalk.Guard)).Status);
        await office.IsOver();
        await Task.WhenAll(caller.Hears(Tone, _second), taker.Audio.Hear(DemoCompany.Tone("10")).WaitAsync(FarmTalk.Guard));
        await caller.HangUp();
        await taker.Over.WaitAsync(FarmTalk.Guard);
        Assert.All(await company.Cdrs(2), cdr => Assert.Equal("answered", cdr.GetProperty("disposition").GetString()));
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    [Fact]
    public async Task A_phone_picks_up_what_rings_elsewhere()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        await office.Rings();
        await caller.HearsRinging();

        var taker = await farm["12"].Dial("11", Tone, await company.PlaceOf(await company.LiveCall("10", "11"), 1));
        Assert.Equal(200, (await taker.Final.WaitAsync(FarmTalk.Guard)).Status);
        await Task.WhenAll(office.IsOver(), caller.Talks());
        await Task.WhenAll(caller.Hears(Tone, _second), taker.Audio.Hear(DemoCompany.Tone("10")).WaitAsync(FarmTalk.Guard));
        await taker.Bye();
        await caller.IsOver();
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    [Fact]
    public async Task Nobody_takes_a_call_that_is_not()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        var taker = await farm["12"].Dial("11", Tone, "nobody@nowhere;to-tag=1;from-tag=2");
        Assert.Equal(481, (await taker.Final.WaitAsync(FarmTalk.Guard)).Status);
        Assert.Equal("no-such-call", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }
}
