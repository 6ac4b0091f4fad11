using System.Net;
using System.Net.Sockets;
using System.Text;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Tests.Transport;

/// <summary>Datagrams over real sockets.</summary>
public sealed class UdpTransportTests
{
    public static readonly TheoryData<string> Loopbacks = new() { "127.0.0.1", "::1" };

    [Theory]
    [MemberData(nameof(Loopbacks))]
    public async Task A_message_goes_there_and_back(string address)
    {
        await using var here = new Core(TransportKind.Udp, IPAddress.Parse(address));
        await using var there = new Core(TransportKind.Udp, IPAddress.Parse(address));
        here.Send(there.AsTarget(), Core.Message());

        var heard = await there.Next<TransportInbound>();
        Assert.Equal(Core.Message(), heard.Bytes.ToArray());
        Assert.Equal(here.Endpoint.Bind, heard.Flow.Remote);
        Assert.Equal(there.Endpoint.Bind, heard.Flow.Local);

        there.Send(SipTarget.To(heard.Flow), Core.Message("INFO"));
        Assert.StartsWith("INFO", await here.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_has_the_same_id_each_time_and_another_one_for_another_peer()
    {
        await using var here = new Core(TransportKind.Udp);
        await using var other = new Core(TransportKind.Udp);
        await using var there = new Core(TransportKind.Udp);
        here.Send(there.AsTarget(), Core.Message());
        var first = (await there.Next<TransportInbound>()).Flow.Id;
        here.Send(there.AsTarget(), Core.Message());
        Assert.Equal(first, (await there.Next<TransportInbound>()).Flow.Id);
        other.Send(there.AsTarget(), Core.Message());
        Assert.NotEqual(first, (await there.Next<TransportInbound>()).Flow.Id);
        Assert.False(first.IsConnection);
    }

    [Fact]
    public async Task Of_several_sockets_the_one_asked_for_sends()
    {
        await using var here = new Core(new SocketTransportOptions
        {
            Endpoints = [Core.On(TransportKind.Udp, IPAddress.Parse("127.0.0.2")), Core.On(TransportKind.Udp, IPAddress.Parse("127.0.0.3"))],
        });
        await using var there = new Core(TransportKind.Udp);
        here.Send(there.AsTarget() with { Local = here.Transport.Endpoints[1].Bind }, Core.Message());
        Assert.Equal("127.0.0.3", (await there.Next<TransportInbound>()).Flow.Remote.Address.ToString());
    }

    [Fact]
    public async Task A_family_without_endpoint_fails_the_send()
    {
        await using var here = new Core(TransportKind.Udp);
        here.Send(new SipTarget(TransportKind.Udp, new IPEndPoint(IPAddress.IPv6Loopback, 5060)), Core.Message(), "key");
        Assert.Equal("key", (await here.Next<SendFailed>()).Key);
    }

    [Fact]
    public async Task A_keep_alive_is_not_a_message()
    {
        await using var there = new Core(TransportKind.Udp);
        using var phone = new UdpClient("127.0.0.1", there.Endpoint.Bind.Port);
        await phone.SendAsync("\r\n\r\n"u8.ToArray());
        await phone.SendAsync(Core.Message());
        Assert.StartsWith("OPTIONS", await there.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_datagram_comes_whole()
    {
        await using var here = new Core(TransportKind.Udp);
        await using var there = new Core(TransportKind.Udp);
        var message = Encoding.ASCII.GetBytes("MESSAGE sip:x SIP/2.0\r\n" + new string('x', 65_000));
        here.Send(there.AsTarget(), message);
        Assert.Equal(message.Length, (await there.Next<TransportInbound>()).Bytes.Length);
    }

    [Fact]
    public async Task Advertised_and_bound_addresses_may_differ()
    {
        await using var there = new Core(new SocketTransportOptions
        {
            Endpoints = [new SipEndpoint(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 0), "sip.example.pl", 5060)],
        });
        await using var here = new Core(TransportKind.Udp);
        here.Send(there.AsTarget(), Core.Message());
        var flow = (await there.Next<TransportInbound>()).Flow;
        Assert.Equal(("sip.example.pl", 5060), (flow.AdvertisedHost, flow.AdvertisedPort));
    }
}
