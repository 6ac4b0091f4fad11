using System.Net;
using System.Net.Sockets;
using System.Text;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Trunks;

/// <summary>When a call goes on by the next trunk, and when it must not.</summary>
public sealed class FailoverTests
{
    static readonly string _here = Path.Combine(Repository.Folder, "tests/Scenarios");
    static readonly string _answers = Path.Combine(_here, "Harness/uas.xml");

    [Fact]
    public async Task A_carrier_that_says_nothing_is_left_for_the_next_and_passed_over_for_a_while()
    {
        await using var company = await DemoCompany.Start("telecube.call.trunk-timeout = 2s");
        var (mute, speaks) = (Address(10), Address(11));
        using var hears = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        hears.Bind(mute); // it takes every datagram, so nobody tells that it is deaf
        await company.AddTrunk("mute", mute, priority: 10);
        await company.AddTrunk("speaks", speaks, priority: 20);
        await using var called = await SippRun.Start(new() { Scenario = _answers, Local = speaks, Calls = 2 });
        var secretary = await company.Phone("10");

        await secretary.Dial("601222333");
        await secretary.Talks();
        await secretary.HangUp();
        Assert.True(hears.Available > 0, "the first trunk was not tried");
        var status = (await company.Get("/api/v1/operator/trunks/mute")).GetProperty("status");
        Assert.Equal("down", status.GetProperty("health").GetString());
        await secretary.IsOver();

        Drain(hears);
        await secretary.Dial("601222334");
        await secretary.Talks();
        Assert.DoesNotContain(Drain(hears), datagram => datagram.StartsWith("INVITE sip:+48601222334@", StringComparison.Ordinal));
        await secretary.HangUp();
        Assert.True((await called.End()).IsFine);
        Assert.Equal(["speaks", "speaks"], (await company.Cdrs(2)).Select(cdr => cdr.GetProperty("legs").EnumerateArray().Last().GetProperty("trunk").GetString()));
    }

    [Fact]
    public async Task The_only_trunk_is_tried_again_though_it_was_silent_and_everybody_is_told_that_it_is_down()
    {
        await using var company = await DemoCompany.Start("telecube.call.trunk-timeout = 2s");
        var mute = Address(16);
        using var hears = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        hears.Bind(mute);
        await company.AddTrunk("mute", mute);
        var secretary = await company.Phone("10");

        foreach (var number in (string[])["601222333", "601222334"])
        {
            await secretary.Dial(number);
            Assert.Contains("503", (await secretary.IsOver()).Param, StringComparison.Ordinal);
            Assert.Contains(Drain(hears), datagram => datagram.StartsWith($"INVITE sip:+48{number}@", StringComparison.Ordinal));
        }

        Assert.Contains("telecube_trunk_up{trunk=\"mute\"} 0", await company.Metrics(), StringComparison.Ordinal);
        Assert.Contains("The trunk mute is down: no answer to an INVITE", company.Node.Process.Output, StringComparison.Ordinal);
        var cdr = (await company.Cdrs(2))[^1];
        Assert.Equal(("no-trunk", "outgoing"), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("direction").GetString()));
        var cause = cdr.GetProperty("legs").EnumerateArray().Last().GetProperty("cause");
        Assert.Equal("mute did not answer within 2 s (telecube.call.trunk-timeout)", cause.GetProperty("text").GetString());
        var story = await OutsidePhone.Story(company, cdr.GetProperty("id").GetString()!);
        Assert.Contains(story, entry => entry.Code == "routed" && entry.Text.Contains("; mute put last: down since ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trunk_without_a_free_channel_is_passed_over()
    {
        await using var company = await DemoCompany.Start();
        var (narrow, wide) = (Address(12), Address(13));
        await company.AddTrunk("narrow", narrow, priority: 10, channelLimit: 1);
        await company.AddTrunk("wide", wide, priority: 20);
        await using var first = await SippRun.Start(new() { Scenario = _answers, Local = narrow, Calls = 2 });
        await using var second = await SippRun.Start(new() { Scenario = _answers, Local = wide, Calls = 1 });
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));

        await secretary.Dial("601222333");
        await secretary.Talks();
        await office.Dial("601222334");
        await office.Talks();
        Assert.Equal(1, (await company.Get("/api/v1/operator/trunks/narrow")).GetProperty("status").GetProperty("channelsInUse").GetInt32());
        await secretary.HangUp();
        await office.HangUp();
        await company.Cdrs(2);
        await office.Dial("601222335"); // the channel is free again
        await office.Talks();
        await office.HangUp();

        Assert.True((await first.End()).IsFine);
        Assert.True((await second.End()).IsFine);
        Assert.Equal(["narrow", "wide", "narrow"], (await company.Cdrs(3)).Select(cdr => cdr.GetProperty("legs").EnumerateArray().Last().GetProperty("trunk").GetString()));
    }

    [Theory]
    [InlineData(486, false)]
    [InlineData(404, false)]
    [InlineData(403, false)]
    [InlineData(408, true)]
    [InlineData(500, true)]
    public async Task What_the_called_party_means_is_not_tried_again_elsewhere(int status, bool next)
    {
        await using var company = await DemoCompany.Start();
        var (refuses, takes) = (Address(14), Address(15));
        await company.AddTrunk("refuses", refuses, priority: 10);
        await company.AddTrunk("takes", takes, priority: 20);
        using var folder = new TempFolder(); // SIPp takes no key for a status
        var scenario = folder.Write("refuses.xml", (await File.ReadAllTextAsync(Path.Combine(_here, "Calls/carrier-refuses.xml"))).Replace("503 Service Unavailable", $"{status} Refused", StringComparison.Ordinal));
        await using var first = await SippRun.Start(new() { Scenario = scenario, Local = refuses, Calls = 1 });
        await using var second = await SippRun.Start(new() { Scenario = _answers, Local = takes, Calls = 1 });
        var secretary = await company.Phone("10");

        await secretary.Dial("601222333");
        if (next)
        {
            await secretary.Talks();
            await secretary.HangUp();
            Assert.True((await second.End()).IsFine);
        }
        else
        {
            Assert.Contains($"{status}", (await secretary.IsOver()).Param, StringComparison.Ordinal);
            Assert.DoesNotContain("INVITE", second.Messages, StringComparison.Ordinal);
        }

        Assert.True((await first.End()).IsFine);
        Assert.Equal(next ? "answered" : EndedBy(status), Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }

    static string EndedBy(int status) => status switch { 486 => "busy", 404 => "unreachable", _ => "refused" };

    /// <summary>All that came in and was not read yet.</summary>
    static List<string> Drain(Socket socket)
    {
        var buffer = new byte[65536];
        var datagrams = new List<string>();
        while (socket.Available > 0) datagrams.Add(Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer)));
        return datagrams;
    }

    static IPEndPoint Address(int last) => new(IPAddress.Parse($"127.0.5.{last}"), FreePorts.Take());
}
