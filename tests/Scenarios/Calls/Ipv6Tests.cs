using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support.Capture;
using TeleCube.Tests.Support.Nodes;
using TeleCube.Tests.Support.Phones;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Phones that speak IPv6, among themselves and with those that do not.</summary>
public sealed class Ipv6Tests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Two_phones_talk_by_ipv6_alone()
    {
        var six = SipListener.OnLoopback6("udp");
        await using var company = await DemoCompany.Start("telecube.media.bind = \"::1\"", six);
        var secretary = await company.Phone(Sixth(company, six, "10"));
        var office = await company.Phone(Sixth(company, six, "11"));
        await using var wire = await LoopbackCapture.Start($"ip6 and udp port {six.Address.Port}");

        await Talk(secretary, "11", office);
        await secretary.Hold();
        await secretary.Resume();
        await office.Hears(DemoCompany.Tone("10"), _second);
        await office.HangUp();
        await secretary.IsOver();

        var described = await wire.Fields("sdp.connection_info", "sdp.connection_info", "sip.Contact");
        Assert.NotEmpty(described);
        Assert.All(described, message =>
        {
            Assert.Equal("IN IP6 ::1", message[0]);
            Assert.Contains("@[::1]:", message[1], StringComparison.Ordinal);
        });
        Assert.Single(await company.Cdrs(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_phone_on_ipv6_and_one_on_ipv4_talk(bool sixCalls)
    {
        var (four, six) = (SipListener.OnLoopback("udp"), SipListener.OnLoopback6("udp"));
        await using var company = await DemoCompany.Start("telecube.media.bind-ipv6 = \"::1\"", four, six);
        var modern = await company.Phone(Sixth(company, six, "10"));
        var old = await company.Phone("11");
        await using var wire = await LoopbackCapture.Start($"udp port {four.Address.Port} or udp port {six.Address.Port}");

        await (sixCalls ? Talk(modern, "11", old) : Talk(old, "10", modern));
        await modern.HangUp();
        await old.IsOver();

        Assert.All(await wire.Fields("ipv6 && sdp", "sdp.connection_info"), message => Assert.Equal("IN IP6 ::1", message[0]));
        Assert.All(await wire.Fields("ip && sdp", "sdp.connection_info"), message => Assert.Equal("IN IP4 127.0.0.1", message[0]));
    }

    static async Task Talk(BaresipPhone caller, string number, BaresipPhone callee)
    {
        await caller.Dial(number);
        await callee.Rings();
        await callee.Answer();
        await Task.WhenAll(caller.Talks(), callee.Talks());
        await Task.WhenAll(caller.Hears(callee.Options.ToneHz, _second), callee.Hears(caller.Options.ToneHz, _second));
    }

    static BaresipOptions Sixth(DemoCompany company, SipListener six, string extension) =>
        company.Of(extension) with { Server = six.Address, Address = IPAddress.IPv6Loopback };
}
