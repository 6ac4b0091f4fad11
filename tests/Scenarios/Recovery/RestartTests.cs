using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>kill -9 and a start on the same data, for what is not two phones on UDP: a carrier's leg, a phone whose connection is gone, an INVITE that is open.</summary>
public sealed class RestartTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    static readonly string _here = Path.Combine(Repository.Folder, "tests/Scenarios");

    [Fact]
    public async Task A_call_through_a_carrier_goes_on_and_keeps_its_channel_and_its_price()
    {
        await using var company = await DemoCompany.Start();
        var exit = new IPEndPoint(IPAddress.Parse("127.0.5.30"), FreePorts.Take());
        await company.AddTrunk("carrier-out", exit, channelLimit: 1);
        await using var called = await SippRun.Start(new() { Scenario = Path.Combine(_here, "Calls/carrier-long-call.xml"), Local = exit, Calls = 1 });
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));
        await secretary.Dial("601222333");
        await secretary.Talks();

        await company.Node.Kill();
        await company.Node.StartAgain();
        await secretary.Expect("CALL_REMOTE_SDP", and: sdp => sdp.Param == "offer");
        await office.Dial("601222334"); // the only channel is still taken
        Assert.Contains("503", (await office.IsOver()).Param, StringComparison.Ordinal);
        await secretary.HangUp();

        var end = await called.End();
        Assert.True(end.IsFine, end.ToString());
        var cdr = (await company.Cdrs(2)).Single(cdr => cdr.GetProperty("caller").GetString() == "10");
        Assert.Equal(("answered", 1), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("recoveries").GetInt32()));
        Assert.NotEqual("0.0000", cdr.GetProperty("cost").GetProperty("net").GetString());
        var story = await OutsidePhone.Story(company, cdr.GetProperty("id").GetString()!);
        var before = story.TakeWhile(entry => entry.Code != "recovered").Where(entry => entry.Kind is "sip-in" or "sip-out" || entry.Code is "routed" or "bridged");
        Assert.Equal(
            ["sip-in INVITE", "decision routed", "sip-out INVITE", "sip-in 200", "sip-out 200", "decision bridged", "sip-in ACK"],
            before.Where(entry => entry.Code is not ("180" or "183")).Select(entry => $"{entry.Kind} {entry.Code}"));
        await DemoCompany.Until(
            async () =>
            {
                var status = (await company.Get("/api/v1/operator/trunks/carrier-out")).GetProperty("status");
                return (status.GetProperty("channelsInUse").GetInt32() == 0, $"{status}");
            },
            TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_call_of_a_phone_on_TCP_goes_on_over_a_new_connection()
    {
        await using var company = await DemoCompany.Start();
        var (secretary, office) = (await company.Phone("10", transport: "tcp"), await company.Phone("11"));
        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());

        await company.Node.Kill();
        await company.Node.StartAgain();
        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("11"), _second), office.Hears(DemoCompany.Tone("10"), _second));
        await office.HangUp();
        await secretary.IsOver();

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(("answered", 1, "hung-up"), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("recoveries").GetInt32(), cdr.GetProperty("cause").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_call_of_a_phone_that_is_gone_is_ended_on_the_other_side_with_the_reason()
    {
        await using var company = await DemoCompany.Start();
        var (secretary, office) = (await company.Phone("10", transport: "tcp"), await company.Phone("11"));
        await secretary.Dial("11");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());

        await company.Node.Kill();
        await secretary.PullThePlug();
        await company.Node.StartAgain();
        await office.IsOver();

        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(("answered", "peer-gone"), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("cause").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_INVITE_that_nobody_has_answered_yet_is_taken_up(bool answers)
    {
        await using var company = await DemoCompany.Start("telecube.call.trunk-timeout = 20s");
        var exit = new IPEndPoint(IPAddress.Parse("127.0.5.31"), FreePorts.Take());
        await company.AddTrunk("carrier-out", exit);
        var secretary = await company.Phone("10");
        await secretary.Dial("601222333"); // the carrier is not there yet: no 100, no 180
        await DemoCompany.Until(
            async () => ((await company.Metrics()).Contains("telecube_calls_live 1", StringComparison.Ordinal), "no call is live"), TimeSpan.FromSeconds(30));
        await company.Node.Kill();

        var scenario = Path.Combine(_here, answers ? "Harness/uas.xml" : "Calls/carrier-refuses.xml");
        await using var called = await SippRun.Start(new() { Scenario = scenario, Local = exit, Calls = 1 });
        await company.Node.StartAgain();
        if (answers)
        {
            await secretary.Talks();
            await secretary.HangUp();
        }
        else
        {
            await secretary.IsOver();
        }

        var end = await called.End();
        Assert.True(end.IsFine, end.ToString());
        Assert.DoesNotContain("invalid.invalid", end.Messages, StringComparison.Ordinal);
        Assert.Single(end.Messages.Split('\n').Where(line => line.StartsWith("Call-ID:", StringComparison.OrdinalIgnoreCase)).Distinct());
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal((answers ? "answered" : "no-trunk", 1), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("recoveries").GetInt32()));
        await DemoCompany.Until(
            async () => ((await company.Metrics()).Contains("telecube_calls_actors 0", StringComparison.Ordinal), "an actor is left"), TimeSpan.FromSeconds(60));
    }
}
