using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Session timers (RFC 4028) with a carrier: one that lets the session lapse, one that is refreshed, and what is too short on either side.</summary>
public sealed class SessionTimerTests
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_that_its_peer_does_not_refresh_ends()
    {
        await using var company = await DemoCompany.Start();
        var exit = await Carrier.Add(company);
        await using var voice = new RtpPeer(exit.Address);
        await using var carrier = await SippRun.Start(Options(exit, "session-lapses", voice));
        var secretary = await company.Phone("10");
        await secretary.Dial("601222333");
        await secretary.Talks(_patience);

        await secretary.IsOver(_patience);
        var end = await carrier.End();
        Assert.True(end.IsFine, end.ToString());
        Assert.Equal("session-expired", Assert.Single(await company.Cdrs(1)).GetProperty("cause").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_carrier_that_wants_longer_gets_it_and_is_refreshed_by_UPDATE_and_by_INVITE()
    {
        await using var company = await DemoCompany.Start();
        var exit = await Carrier.Add(company);
        await using var voice = new RtpPeer(exit.Address);
        await using var carrier = await SippRun.Start(Options(exit, "session-is-refreshed", voice));
        var secretary = await company.Phone("10");
        await secretary.Dial("601222333");
        await secretary.Talks(_patience);

        await carrier.Until(messages => messages.Contains("Session-Expires: 1800;refresher=uac", StringComparison.Ordinal), _patience); // what it says to the last one
        await secretary.HangUp();
        var end = await carrier.End();
        Assert.True(end.IsFine, end.ToString());
        Assert.Equal("hung-up", Assert.Single(await company.Cdrs(1)).GetProperty("cause").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_carrier_that_asks_for_too_short_a_session_is_told_the_least()
    {
        await using var company = await DemoCompany.Start();
        var source = await Carrier.Add(company);
        await using var voice = new RtpPeer(source.Address);
        var secretary = await company.Phone("10");
        await using var carrier = await SippRun.Start(Options(source, "session-too-short", voice) with { Remote = company.Node.Sip });
        await secretary.Rings(_patience);
        await secretary.Answer();
        await secretary.IsOver(_patience);
        var end = await carrier.End();
        Assert.True(end.IsFine, end.ToString());
        Assert.Single(await company.Cdrs(1)); // of one call: the refused INVITE began none
    }

    static SippOptions Options(IPEndPoint local, string scenario, RtpPeer voice) => new()
    {
        Scenario = Carrier.Scenario($"Calls/{scenario}.xml"),
        Local = local,
        Keys = new Dictionary<string, string> { ["audio"] = $"{voice.Address.Port}" },
        Calls = 1,
    };
}
