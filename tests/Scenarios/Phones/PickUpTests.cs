using System.Text;
using System.Text.RegularExpressions;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;

namespace TeleCube.Scenarios.Tests.Phones;

/// <summary>Call pick-up between real phones: <c>*8</c> of the group, <c>**11</c> at an extension, and from a lamp by Replaces (PRODUCT §11, RFC 3891).</summary>
public sealed class PickUpTests
{
    const double Tone = 1500;
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_colleague_picks_up_by_code_what_rings_in_the_group()
    {
        await using var company = await DemoCompany.Start();
        foreach (var extension in new[] { "11", "12" }) await company.SetExtension(extension, new { pickupGroup = "biuro" });
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        await office.Rings();
        await caller.HearsRinging();

        var taker = await farm["12"].Dial("*8", Tone);
        Assert.Equal(200, (await taker.Final.WaitAsync(FarmTalk.Guard)).Status);
        await Task.WhenAll(office.IsOver(), caller.Talks());
        await Task.WhenAll(caller.Hears(Tone, _second), taker.Audio.Hear(DemoCompany.Tone("10")).WaitAsync(FarmTalk.Guard));
        await taker.Bye().WaitAsync(FarmTalk.Guard);
        await caller.IsOver();

        var cdrs = await company.Cdrs(2);
        Assert.Equal(("10", "12", "answered"), (cdrs[0].GetProperty("caller").GetString(), cdrs[0].GetProperty("callee").GetString(), cdrs[0].GetProperty("disposition").GetString()));
        Assert.Equal(cdrs[1].GetProperty("id").GetString(), cdrs[0].GetProperty("joinedWith").GetString());
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    [Fact]
    public async Task Two_real_phones_talk_after_one_has_picked_up_at_an_extension()
    {
        await using var company = await DemoCompany.Start();
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        var taker = await company.Phone("12");
        await caller.Dial("11");
        await office.Rings();
        await caller.HearsRinging();

        await taker.Dial($"sip:**11@{company.Node.Sip}");
        await Task.WhenAll(taker.Talks(), caller.Talks(), office.IsOver());
        await Task.WhenAll(caller.Hears(DemoCompany.Tone("12"), _second), taker.Hears(DemoCompany.Tone("10"), _second));
        await caller.HangUp();
        await taker.IsOver();
        Assert.Equal("12", (await company.Cdrs(2))[0].GetProperty("callee").GetString());
    }

    [Fact]
    public async Task A_phone_picks_up_from_its_lamp()
    {
        await using var company = await DemoCompany.Start();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        var lamp = await FarmWatch.Begin(farm["12"], "11");
        await caller.Dial("11");
        await office.Rings();
        var document = Encoding.UTF8.GetString((await lamp.Until("<state>early</state>")).Body.Span);
        string Of(string attribute) => Regex.Match(document, $" {attribute}=\"([^\"]+)\"").Groups[1].Value;

        var taker = await farm["12"].Dial("11", Tone, $"{Of("call-id")};to-tag={Of("local-tag")};from-tag={Of("remote-tag")};early-only");
        Assert.Equal(200, (await taker.Final.WaitAsync(FarmTalk.Guard)).Status);
        await Task.WhenAll(office.IsOver(), caller.Talks());
        await Task.WhenAll(caller.Hears(Tone, _second), taker.Audio.Hear(DemoCompany.Tone("10")).WaitAsync(FarmTalk.Guard));
        await caller.HangUp();
        await taker.Over.WaitAsync(FarmTalk.Guard);
    }

    [Fact]
    public async Task Where_nothing_rings_the_phone_is_told()
    {
        using var prompts = new TempFolder();
        Directory.CreateDirectory(prompts["pl"]);
        WavFile.Sine(1300, 4 * _second).Save(prompts["pl/nothing-to-pick-up.wav"]);
        await using var company = await DemoCompany.Start($"telecube.media.prompts-directory = \"{prompts.Path}\"");
        var taker = await company.Phone("12");
        var hears = taker.Hears(1300, _second);
        await taker.Dial($"sip:*8@{company.Node.Sip}");
        await hears;
        Assert.StartsWith("480", (await taker.IsOver()).Param, StringComparison.Ordinal);
        Assert.Equal("nothing-to-pick-up", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }
}
