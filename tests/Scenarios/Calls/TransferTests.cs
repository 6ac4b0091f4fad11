using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Tests.Support.Phones;

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
        await Connect(caller, office, "11");

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

    [Theory]
    [InlineData("13", "SIP/2.0 486")]
    [InlineData("19", "SIP/2.0 404")]
    public async Task A_blind_transfer_that_fails_leaves_both_talking(string target, string outcome)
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "13");
        var talk = await FarmTalk.Ring(farm["10"], farm["11"], 500);
        await talk.Answer();

        var told = talk.Callee.Refer(target);
        if (target == "13") (await Incoming(farm["13"])).Refuse(486);
        Assert.StartsWith(outcome, await told.WaitAsync(FarmTalk.Guard), StringComparison.Ordinal);
        await talk.BothHear();
        await talk.End();
        Assert.Equal("answered", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }

    [Fact]
    public async Task A_transferor_that_has_left_is_rung_back_when_the_target_is_busy()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "13");
        var talk = await FarmTalk.Ring(farm["10"], farm["11"], 500);
        await talk.Answer();

        _ = talk.Callee.Refer("13");
        var target = await Incoming(farm["13"]);
        await talk.Callee.Bye();
        target.Refuse(486);
        var again = await Incoming(farm["11"]);
        again.Answer();
        await Task.WhenAll(again.Audio.Hear(talk.Caller.Audio.Hz), talk.Caller.Audio.Hear(again.Audio.Hz)).WaitAsync(FarmTalk.Guard);

        await talk.Caller.Bye();
        await again.Over.WaitAsync(FarmTalk.Guard);
        Assert.Equal(4, Assert.Single(await company.Cdrs(1)).GetProperty("legs").GetArrayLength());
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    /// <summary>Extension 10 connects 11 and 12, whoever called whom before.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task An_attended_transfer_connects_the_two_whom_the_transferor_talks_to(bool callsFirst, bool callsSecond)
    {
        await using var company = await DemoCompany.Start();
        var secretary = await company.Phone("10");
        var office = await company.Phone("11");
        var agnes = await company.Phone("12");
        await (callsFirst ? Connect(secretary, office, "11") : Connect(office, secretary, "10"));
        await secretary.Hold();
        await (callsSecond ? Connect(secretary, agnes, "12") : Connect(agnes, secretary, "10"));
        var place = await company.PlaceOf(await (callsSecond ? company.LiveCall("10", "12") : company.LiveCall("12", "10")), callsSecond ? 0 : 1);

        await secretary.Select(1);
        await secretary.Transfer($"sip:12@{company.Node.Sip}?Replaces={Uri.EscapeDataString(place)}");
        await secretary.IsOver();
        await secretary.IsOver();
        await Task.WhenAll(office.Hears(DemoCompany.Tone("12"), 2 * _second), agnes.Hears(DemoCompany.Tone("11"), 2 * _second));

        await (callsFirst ? office : agnes).HangUp();
        await (callsFirst ? agnes : office).IsOver();
        var cdrs = await company.Cdrs(2);
        Assert.Equal([Text(cdrs[1], "id"), Text(cdrs[0], "id")], cdrs.Select(cdr => Text(cdr, "joinedWith")));
        Assert.All(cdrs, cdr =>
        {
            Assert.Equal(("answered", "hung-up"), (Text(cdr, "disposition"), Text(cdr.GetProperty("cause"), "code")));
            var legs = cdr.GetProperty("legs").EnumerateArray().ToDictionary(leg => Text(leg, "party")!, leg => Text(leg.GetProperty("cause"), "code"));
            Assert.Equal((2, "transferred"), (legs.Count, legs["10"]));
        });
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    /// <summary>Extension 10 connects 11 and 12; then 11 hands 12 on to 13.</summary>
    [Fact]
    public async Task Who_was_transferred_can_transfer_on()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "12", "13");
        var (held, talks) = await Join(farm);

        var outcome = held.Callee.Refer("13");
        var third = await Incoming(farm["13"]);
        third.Answer();
        Assert.Equal("SIP/2.0 200 OK", await outcome.WaitAsync(FarmTalk.Guard));
        await held.Callee.Over.WaitAsync(FarmTalk.Guard);
        await Task.WhenAll(third.Audio.Hear(talks.Callee.Audio.Hz), talks.Callee.Audio.Hear(third.Audio.Hz)).WaitAsync(FarmTalk.Guard);
        await third.Bye();
        await talks.Callee.Over.WaitAsync(FarmTalk.Guard);
        Assert.Equal(["transferred", "hung-up"], (await company.Cdrs(2)).Select(cdr => Text(cdr.GetProperty("cause"), "code")));
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    [Fact]
    public async Task An_attended_transfer_into_nothing_fails_and_everybody_talks_on()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "12");
        var held = await FarmTalk.Ring(farm["10"], farm["11"], 500);
        await held.Answer();
        Assert.StartsWith("SIP/2.0 481", await held.Caller.Refer("12", "nobody;to-tag=1;from-tag=2").WaitAsync(FarmTalk.Guard), StringComparison.Ordinal);
        await held.BothHear();
        await held.End();
    }

    /// <summary>10 talks with 11 and with 12, both of its calls, and connects them.</summary>
    internal static async Task<(FarmTalk Held, FarmTalk Talks)> Join(PhoneFarm farm)
    {
        var (held, talks) = (await FarmTalk.Ring(farm["10"], farm["11"], 500), await FarmTalk.Ring(farm["10"], farm["12"], 600));
        await held.Answer();
        await talks.Answer();
        await held.Caller.Hold();
        Assert.Equal("SIP/2.0 200 OK", await held.Caller.Refer("12", talks.Caller.Place).WaitAsync(FarmTalk.Guard));
        await talks.Caller.Over.WaitAsync(FarmTalk.Guard);
        await held.Caller.Bye();
        await Task.WhenAll(held.Callee.Audio.Hear(talks.Callee.Audio.Hz), talks.Callee.Audio.Hear(held.Callee.Audio.Hz)).WaitAsync(FarmTalk.Guard);
        return (held, talks);
    }

    internal static async Task<FarmCall> Incoming(FarmPhone phone)
    {
        using var guard = new CancellationTokenSource(FarmTalk.Guard);
        return await phone.Incoming(guard.Token);
    }

    static async Task Connect(BaresipPhone caller, BaresipPhone callee, string number)
    {
        await caller.Dial(number);
        await callee.Rings();
        await callee.Answer();
        await Task.WhenAll(caller.Talks(), callee.Talks());
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
