using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What a caller hears of a carrier before the answer.</summary>
public sealed class EarlyMediaTests
{
    const double Announcement = 1500;
    const double RingBack = 425;

    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_caller_hears_the_carrier_before_it_answers_and_nothing_else()
    {
        await using var company = await DemoCompany.Start();
        var exit = await Carrier.Add(company);
        await using var voice = new RtpPeer(exit.Address);
        await using var carrier = await SippRun.Start(new()
        {
            Scenario = Carrier.Scenario("Calls/early-media.xml"),
            Local = exit,
            Keys = new Dictionary<string, string> { ["audio"] = $"{voice.Address.Port}" },
            Calls = 1,
        });
        var secretary = await company.Phone("10");

        await secretary.Dial("601222333");
        voice.Target = await carrier.OtherSidesAudio(20 * _second);
        voice.Talk(Announcement);
        await secretary.Hears(Announcement, _second);
        var heard = await secretary.ListenUntil(so => so.Heard(Announcement) >= _second, "heard another second of the announcement");
        Assert.Equal(TimeSpan.Zero, heard.Heard(RingBack));
        Assert.DoesNotContain(secretary.Events, happened => happened.Type == "CALL_ESTABLISHED");

        await secretary.Talks();
        await secretary.Hears(Announcement, _second);
        voice.Forget();
        await voice.Receive(50);
        Assert.True(Tones.Hears(voice.Heard, DemoCompany.Tone("10")), "the carrier does not hear the caller");
        await secretary.HangUp();
        var end = await carrier.End();
        Assert.True(end.IsFine, end.ToString());
    }
}
