using System.Globalization;
using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Capture;
using TeleCube.Tests.Support.Phones;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Offers and answers in the order in which carriers make them: late, reliably before the answer, by UPDATE, and two at once.</summary>
public sealed class NegotiationTests
{
    const double Voice = 1500;

    /// <summary>What the carrier says to the refresh that comes again.</summary>
    const string LastAnswer = "Session-Expires: 1800;refresher=uac";

    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(8, "PCMA", "pcmu")]
    [InlineData(0, "PCMU", "pcma")]
    public async Task An_invite_without_an_offer_is_offered_and_the_ack_answers(byte type, string codec, string phones)
    {
        await using var company = await DemoCompany.Start();
        var source = await Carrier.Add(company);
        await using var voice = new RtpPeer(source.Address) { PayloadType = type };
        var secretary = await company.Phone(company.Of("10") with { Codecs = phones });

        await using var carrier = await Call(company, source, "late-offer", voice, ("type", $"{type}"), ("codec", codec));
        await secretary.Rings();
        await secretary.Answer();
        await secretary.Talks();
        await TalkBothWays(carrier, voice, secretary);

        await secretary.IsOver();
        var end = await carrier.End();
        Assert.True(end.IsFine, end.ToString());
    }

    [Fact]
    public async Task A_carrier_that_demands_reliable_ringing_gets_it()
    {
        await using var company = await DemoCompany.Start();
        var source = await Carrier.Add(company);
        await using var voice = new RtpPeer(source.Address);
        var secretary = await company.Phone("10");
        await using var wire = await LoopbackCapture.Start($"udp port {source.Port}");

        await using var carrier = await Call(company, source, "wants-reliable", voice);
        await secretary.Rings();
        // Acknowledged at once, so rung once.
        await carrier.Until(messages => messages.Contains("PRACK", StringComparison.Ordinal), 20 * _second);
        await secretary.Answer();
        await secretary.IsOver();

        var end = await carrier.End();
        Assert.True(end.IsFine, end.ToString());
        Assert.Single(await wire.Fields("sip.Status-Code == 180", "sip.Status-Code"));
    }

    [Fact]
    public async Task Reliable_early_media_may_move_before_the_answer_and_hold_comes_by_update()
    {
        await using var company = await DemoCompany.Start();
        var exit = await Carrier.Add(company);
        await using var early = new RtpPeer(exit.Address);
        await using var voice = new RtpPeer(exit.Address);
        await using var carrier = await Answers(exit, "reliable-ringing", voice, ("early", $"{early.Address.Port}"));
        var secretary = await company.Phone("10");

        await secretary.Dial("601222333");
        early.Target = voice.Target = await carrier.OtherSidesAudio(20 * _second);
        early.Talk(900);
        await secretary.Hears(900, _second);
        await early.Hush();
        voice.Talk(Voice);
        await secretary.Hears(Voice, _second);
        Assert.DoesNotContain(secretary.Events, happened => happened.Type == "CALL_ESTABLISHED");
        await secretary.Talks();

        await carrier.Until(messages => messages.Contains("a=sendonly", StringComparison.Ordinal), 20 * _second);
        var held = await secretary.Listen(3 * _second);
        Assert.True(held.Heard(Voice) < _second, "the held phone still hears the one who holds");
        await secretary.Hears(Voice, _second);
        await secretary.HangUp();
        var end = await carrier.End();
        Assert.True(end.IsFine, end.ToString());
    }

    [Fact]
    public async Task Two_re_invites_that_meet_are_both_put_off_and_both_come_again()
    {
        await using var company = await DemoCompany.Start();
        var exit = await Carrier.Add(company);
        await using var voice = new RtpPeer(exit.Address);
        await using var carrier = await Answers(exit, "glare", voice);
        var secretary = await company.Phone("10");
        await using var wire = await LoopbackCapture.Start($"udp port {exit.Port}");

        await secretary.Dial("601222333");
        await secretary.Talks();
        await carrier.Until(messages => messages.Contains(LastAnswer, StringComparison.Ordinal), 30 * _second);
        await TalkBothWays(carrier, voice, secretary);
        await secretary.HangUp();
        var end = await carrier.End();
        Assert.True(end.IsFine, end.ToString());

        // The call's INVITE, the refresh that met the carrier's, and the same again: 2.1 to 4 s later, for the Call-ID is the node's (RFC 3261 §14.1).
        var invites = await wire.Fields($"sip.Method == \"INVITE\" && ip.dst == {exit.Address}", "frame.time_epoch", "sip.CSeq.seq");
        Assert.Equal(3, invites.Count);
        var wait = Seconds(invites[2][0]) - Seconds(invites[1][0]);
        Assert.InRange(wait, 2.1, 4.5);
        Assert.True(Seconds(invites[2][1]) > Seconds(invites[1][1]), "the second try has no new number");
    }

    static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static async Task TalkBothWays(SippRun carrier, RtpPeer voice, BaresipPhone phone)
    {
        voice.Target = await carrier.OtherSidesAudio(20 * _second);
        voice.Talk(Voice);
        await phone.Hears(Voice, _second);
        voice.Forget();
        var frames = await voice.Receive(50);
        Assert.All(frames, frame => Assert.Equal(voice.PayloadType, frame.PayloadType));
        Assert.True(Tones.Hears(voice.Heard, phone.Options.ToneHz), "the carrier does not hear the phone");
    }

    static Task<SippRun> Answers(IPEndPoint exit, string scenario, RtpPeer voice, params (string, string)[] more) =>
        SippRun.Start(Options(exit, scenario, voice, more));

    static Task<SippRun> Call(DemoCompany company, IPEndPoint source, string scenario, RtpPeer voice, params (string, string)[] more) =>
        SippRun.Start(Options(source, scenario, voice, more) with { Remote = company.Node.Sip });

    static SippOptions Options(IPEndPoint local, string scenario, RtpPeer voice, (string Name, string Value)[] more) => new()
    {
        Scenario = Carrier.Scenario($"Calls/{scenario}.xml"),
        Local = local,
        Keys = more.Append(("audio", $"{voice.Address.Port}")).ToDictionary(key => key.Item1, key => key.Item2),
        Calls = 1,
    };
}
