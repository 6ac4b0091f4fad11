using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;

namespace TeleCube.Scenarios.Tests.Phones;

/// <summary>Parking (PRODUCT §11, <c>*5</c>): who is parked hears music and is not lost, whoever parked hears the place.</summary>
public sealed class ParkTests : IDisposable
{
    const double Music = 700;
    const double ParkedAt = 2300;
    const double Tone = 1500;
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    readonly TempFolder _sounds = new();

    public ParkTests()
    {
        foreach (var folder in new[] { "pl", "music" }) Directory.CreateDirectory(_sounds[folder]);
        WavFile.Sine(Music, 4 * _second).Save(_sounds["music/music.wav"]);
        WavFile.Sine(ParkedAt, 3 * _second).Save(_sounds["pl/parked-at.wav"]);
        foreach (var digit in "0123456789") WavFile.Sine(ParkedAt, _second / 2).Save(_sounds[$"pl/n-{digit}.wav"]);
    }

    Task<DemoCompany> Company() => DemoCompany.Start($"telecube.media.prompts-directory = \"{_sounds.Path}\"");

    /// <summary>11 has parked 10 and is hung up on once it has heard where.</summary>
    static async Task<FarmTalk> Park(PhoneFarm farm)
    {
        var talk = await FarmTalk.Ring(farm["10"], farm["11"], 500);
        await talk.Answer();
        await talk.BothHear();
        var (music, place) = (talk.Caller.Audio.Hear(Music), talk.Callee.Audio.Hear(ParkedAt));
        Assert.StartsWith("SIP/2.0 200", await talk.Callee.Refer("*5").WaitAsync(FarmTalk.Guard), StringComparison.Ordinal);
        await Task.WhenAll(music, place).WaitAsync(FarmTalk.Guard);
        await talk.Callee.Over.WaitAsync(FarmTalk.Guard);
        return talk;
    }

    static async Task TakeUp(PhoneFarm farm, FarmTalk parked)
    {
        var taker = await farm["12"].Dial("701", Tone);
        Assert.Equal(200, (await taker.Final.WaitAsync(FarmTalk.Guard)).Status);
        await Task.WhenAll(taker.Audio.Hear(500), parked.Caller.Audio.Hear(Tone)).WaitAsync(FarmTalk.Guard);
        await taker.Bye().WaitAsync(FarmTalk.Guard);
        await parked.Caller.Over.WaitAsync(FarmTalk.Guard);
    }

    [Fact]
    public async Task A_parked_call_is_taken_up_at_another_phone()
    {
        await using var company = await Company();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "12");
        var lamp = await FarmWatch.Begin(farm["12"], "701");
        await lamp.Until("active;expires=");
        var parked = await Park(farm);
        await lamp.Until("<identity>sip:10@");
        await TakeUp(farm, parked);
        await lamp.Until("<state>terminated</state>");
        Assert.All(await company.Cdrs(2), cdr => Assert.Equal("answered", cdr.GetProperty("disposition").GetString()));
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    [Fact]
    public async Task Keys_pressed_in_a_call_park_it_too()
    {
        await using var company = await Company();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        var caller = await company.Phone("10");
        var office = await company.Phone("11");
        await caller.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(caller.Talks(), office.Talks());
        await office.SendDigits("*5");
        await Task.WhenAll(office.Hears(ParkedAt, _second, FarmTalk.Guard), caller.Hears(Music, _second, FarmTalk.Guard));
        await office.IsOver();

        var taker = await farm["12"].Dial("*5701", Tone);
        Assert.Equal(200, (await taker.Final.WaitAsync(FarmTalk.Guard)).Status);
        await Task.WhenAll(caller.Hears(Tone, _second, FarmTalk.Guard), taker.Audio.Hear(DemoCompany.Tone("10")).WaitAsync(FarmTalk.Guard));
        await taker.Bye().WaitAsync(FarmTalk.Guard);
        await caller.IsOver();
    }

    [Fact]
    public async Task A_parked_call_survives_kill_minus_nine()
    {
        await using var company = await Company();
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "12");
        var parked = await Park(farm);
        await company.Node.Kill();
        await company.Node.StartAgain();
        await parked.Caller.Audio.Hear(Music).WaitAsync(FarmTalk.Guard);
        await TakeUp(farm, parked);
        await new ExchangeFile(company.Node).NothingIsLeft();
    }

    [Fact]
    public async Task Whoever_parked_a_call_that_nobody_takes_is_rung_back()
    {
        await using var company = await Company();
        await company.Send(HttpMethod.Put, $"/api/v1/tenants/{DemoCompany.Id}/settings", new { parkSeconds = 10 });
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "10", "11", "12");
        var parked = await Park(farm);
        using var guard = new CancellationTokenSource(2 * FarmTalk.Guard);
        var back = await farm["11"].Incoming(guard.Token);
        back.Answer();
        await back.AnswerTaken.WaitAsync(FarmTalk.Guard);
        await Task.WhenAll(back.Audio.Hear(500), parked.Caller.Audio.Hear(back.Audio.Hz)).WaitAsync(FarmTalk.Guard);
        await back.Bye().WaitAsync(FarmTalk.Guard);
        await parked.Caller.Over.WaitAsync(FarmTalk.Guard);
    }

    public void Dispose() => _sounds.Dispose();
}
