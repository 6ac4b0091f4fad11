using System.Net;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Tests.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;

namespace TeleCube.Sip.Tests.Transport;

/// <summary>RFC 3263 without SRV.</summary>
public sealed class TargetResolverTests
{
    readonly ManualClock _clock = new();
    readonly Names _names = new();

    [Theory]
    [InlineData("sip:127.0.0.1", TransportKind.Udp, "127.0.0.1:5060")]
    [InlineData("sip:127.0.0.1:5080;transport=tcp", TransportKind.Tcp, "127.0.0.1:5080")]
    [InlineData("sip:127.0.0.1;transport=tls", TransportKind.Tls, "127.0.0.1:5061")]
    [InlineData("sips:bob@127.0.0.1", TransportKind.Tls, "127.0.0.1:5061")]
    [InlineData("sips:bob@127.0.0.1;transport=tcp", TransportKind.Tls, "127.0.0.1:5061")]
    [InlineData("sip:[::1]:5070", TransportKind.Udp, "[::1]:5070")]
    [InlineData("sip:bob@example.pl;maddr=127.0.0.9", TransportKind.Udp, "127.0.0.9:5060")]
    public void A_numeric_host_needs_no_waiting(string uri, TransportKind transport, string remote)
    {
        Assert.True(Resolver().TryResolve(SipUri.Parse(uri), out var resolution));
        Assert.Equal((transport, remote), (resolution.Targets[0].Transport, resolution.Targets[0].Remote.ToString()));
    }

    [Theory]
    [InlineData("sips:127.0.0.1;transport=udp")]
    [InlineData("sip:127.0.0.1;transport=carrier-pigeon")]
    [InlineData("tel:+48943401128")]
    public void What_cannot_be_reached_is_said_at_once(string uri)
    {
        Assert.True(Resolver().TryResolve(SipUri.Parse(uri), out var resolution));
        Assert.Equal("unsupported-transport", resolution.Failure);
    }

    [Fact]
    public async Task A_name_is_asked_for_once_and_remembered()
    {
        var resolver = Resolver();
        _names.Known["trunk.example"] = [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")];
        Assert.False(resolver.TryResolve(SipUri.Parse("sip:trunk.example"), out _));
        var both = await Task.WhenAll(Ask(resolver, "sip:trunk.example"), Ask(resolver, "sip:trunk.example;transport=tls"));
        Assert.Equal(["127.0.0.2:5060", "127.0.0.3:5060"], both[0].Targets.Select(target => target.Remote.ToString()));
        Assert.Equal("trunk.example", both[1].Targets[0].ServerName);
        Assert.True(resolver.TryResolve(SipUri.Parse("sip:TRUNK.example"), out _));
        Assert.Equal(1, _names.Asked);
    }

    [Fact]
    public async Task The_last_good_answer_serves_while_the_name_server_is_away()
    {
        var resolver = Resolver();
        _names.Known["trunk.example"] = [IPAddress.Parse("127.0.0.2")];
        await Ask(resolver, "sip:trunk.example");
        _names.Known.Clear();
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Single((await Ask(resolver, "sip:trunk.example")).Targets);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("unknown-host", (await Ask(resolver, "sip:trunk.example")).Failure);
    }

    [Fact]
    public void The_first_route_comes_before_the_request_URI()
    {
        var request = Bench.Request("INVITE");
        Assert.Equal("us.example", TargetResolver.NextHopOf(request).Host);
        request.Routes = [NameAddress.Parse("<sip:proxy.example;lr>")];
        Assert.Equal("proxy.example", TargetResolver.NextHopOf(request).Host);
    }

    static Task<TargetResolution> Ask(TargetResolver resolver, string uri) => resolver.Resolve(SipUri.Parse(uri), CancellationToken.None).AsTask();

    TargetResolver Resolver() => new(new HostCache(_names, _clock));

    sealed class Names : IHostLookup
    {
        int _asked;

        public Dictionary<string, IPAddress[]> Known { get; } = [];
        public int Asked => _asked;

        public Task<IReadOnlyList<IPAddress>> Lookup(string host, CancellationToken stop)
        {
            Interlocked.Increment(ref _asked);
            return Task.FromResult<IReadOnlyList<IPAddress>>(Known.TryGetValue(host, out var addresses) ? addresses : []);
        }
    }
}
