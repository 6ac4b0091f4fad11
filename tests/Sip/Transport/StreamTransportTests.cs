using System.Net;
using System.Net.Sockets;
using System.Text;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;

namespace TeleCube.Sip.Tests.Transport;

/// <summary>TCP and TLS over real sockets: framing, reuse, limits, peers that misbehave.</summary>
public sealed class StreamTransportTests
{
    static readonly TlsOptions _tls = NewTls();

    [Theory]
    [InlineData(TransportKind.Tcp, "127.0.0.1")]
    [InlineData(TransportKind.Tcp, "::1")]
    [InlineData(TransportKind.Tls, "127.0.0.1")]
    public async Task Messages_go_there_and_back_on_one_connection(TransportKind kind, string address)
    {
        await using var here = new Core(kind, IPAddress.Parse(address), _tls);
        await using var there = new Core(kind, IPAddress.Parse(address), _tls);
        here.Send(there.AsTarget("sip.example.pl"), Core.Message(body: "one"));
        here.Send(there.AsTarget("sip.example.pl"), Core.Message(body: "two"));
        var first = await there.Next<TransportInbound>();
        var second = await there.Next<TransportInbound>();
        Assert.Equal(first.Flow.Id, second.Flow.Id);
        Assert.EndsWith("two", Encoding.ASCII.GetString(second.Bytes.Span), StringComparison.Ordinal);

        there.Send(SipTarget.To(first.Flow), Core.Message("INFO"));
        Assert.StartsWith("INFO", await here.NextText(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (here.Transport.Connections, there.Transport.Connections));
    }

    [Fact]
    public async Task A_server_with_another_name_or_root_is_not_trusted()
    {
        await using var here = new Core(TransportKind.Tls, tls: _tls);
        await using var there = new Core(TransportKind.Tls, tls: _tls);
        here.Send(there.AsTarget("other.example.pl"), Core.Message(), "name");
        Assert.Equal("name", (await here.Next<SendFailed>()).Key);

        await using var stranger = new Core(TransportKind.Tls, tls: NewTls() with { TrustedRoots = [] });
        stranger.Send(there.AsTarget("sip.example.pl"), Core.Message(), "root");
        Assert.Equal("root", (await stranger.Next<SendFailed>()).Key);
    }

    [Fact]
    public async Task Clients_are_verified_where_asked_for()
    {
        await using var there = new Core(TransportKind.Tls, tls: _tls with { VerifyClients = true });
        await using var known = new Core(TransportKind.Tls, tls: _tls);
        known.Send(there.AsTarget("sip.example.pl"), Core.Message());
        Assert.StartsWith("OPTIONS", await there.NextText(), StringComparison.Ordinal);

        await using var stranger = new Core(TransportKind.Tls, tls: NewTls() with { VerifyServers = false });
        stranger.Send(there.AsTarget(), Core.Message(), "stranger");
        await stranger.Next<FlowClosed>(); // TLS 1.3: the client learns of it after its handshake
        Assert.True(there.SeesNothing);
    }

    [Fact]
    public async Task A_refused_connection_fails_the_send()
    {
        await using var here = new Core(TransportKind.Tcp);
        using var bound = new Socket(SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // taken, but nobody listens
        here.Send(new SipTarget(TransportKind.Tcp, (IPEndPoint)bound.LocalEndPoint!), Core.Message(), "key");
        Assert.Equal("key", (await here.Next<SendFailed>()).Key);
    }

    [Fact]
    public async Task Without_the_flow_a_new_connection_is_opened_unless_only_the_flow_will_do()
    {
        await using var here = new Core(TransportKind.Tcp);
        await using var there = new Core(TransportKind.Tcp);
        here.Send(there.AsTarget() with { Flow = new FlowId(7) }, Core.Message());
        Assert.StartsWith("OPTIONS", await there.NextText(), StringComparison.Ordinal);
        here.Send(there.AsTarget() with { Flow = new FlowId(7), FlowOnly = true }, Core.Message(), "key");
        Assert.Equal("flow is gone", (await here.Next<SendFailed>()).Reason);
    }

    [Fact]
    public async Task The_end_of_a_connection_is_told_to_both_sides()
    {
        await using var here = new Core(TransportKind.Tcp);
        await using var there = new Core(TransportKind.Tcp);
        here.Send(there.AsTarget(), Core.Message());
        var flow = (await there.Next<TransportInbound>()).Flow.Id;
        there.Transport.Close(flow);
        Assert.Equal(flow, (await there.Next<FlowClosed>()).Flow);
        await here.Next<FlowClosed>();
    }

    [Fact]
    public async Task A_message_in_pieces_is_put_together()
    {
        await using var there = new Core(TransportKind.Tcp);
        using var peer = await Peer(there);
        foreach (var octet in Core.Message(body: "in pieces")) await peer.GetStream().WriteAsync(new[] { octet });
        Assert.EndsWith("in pieces", await there.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_line_breaks_are_answered_by_one()
    {
        await using var there = new Core(TransportKind.Tcp);
        using var peer = await Peer(there);
        await peer.GetStream().WriteAsync("\r\n\r\n"u8.ToArray());
        var pong = new byte[2];
        using var guard = new CancellationTokenSource(Core.Patience);
        await peer.GetStream().ReadExactlyAsync(pong, guard.Token);
        Assert.Equal("\r\n"u8.ToArray(), pong);
        await peer.GetStream().WriteAsync(Core.Message());
        Assert.StartsWith("OPTIONS", await there.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_ends_the_connection_and_names_its_source()
    {
        await using var there = new Core(TransportKind.Tcp);
        using var peer = await Peer(there);
        await peer.GetStream().WriteAsync(Encoding.ASCII.GetBytes(new string('x', 40_000)));
        Assert.Equal(IPAddress.Loopback, (await there.Next<FlowAbused>()).Flow.Remote.Address);
        await there.Next<FlowClosed>();
    }

    [Fact]
    public async Task The_head_of_a_request_with_a_bad_length_still_reaches_the_core()
    {
        await using var there = new Core(TransportKind.Tcp);
        using var peer = await Peer(there);
        await peer.GetStream().WriteAsync("INVITE sip:x SIP/2.0\r\nContent-Length: -5\r\n\r\n"u8.ToArray());
        Assert.StartsWith("INVITE", await there.NextText(), StringComparison.Ordinal);
        await there.Next<FlowClosed>();
    }

    [Fact]
    public async Task A_peer_that_does_not_finish_its_message_is_cut_off()
    {
        var clock = new ManualClock();
        await using var there = new Core(new SocketTransportOptions { Endpoints = [Core.On(TransportKind.Tcp)] }, clock);
        using var peer = await Peer(there);
        await peer.GetStream().WriteAsync(Core.Message()); // whole: proves that the connection stands
        await there.Next<TransportInbound>();
        await peer.GetStream().WriteAsync(Core.Message("INFO").AsMemory(..^5));
        await PassUntilClosed(there, clock);
    }

    [Fact]
    public async Task An_idle_connection_is_closed_in_the_end()
    {
        var clock = new ManualClock();
        await using var there = new Core(new SocketTransportOptions { Endpoints = [Core.On(TransportKind.Tcp)] }, clock);
        using var peer = await Peer(there);
        await peer.GetStream().WriteAsync(Core.Message());
        await there.Next<TransportInbound>();
        clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(1, there.Transport.Connections);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("idle", (await there.Next<FlowClosed>()).Reason);
    }

    [Fact]
    public async Task One_source_has_only_so_many_connections()
    {
        await using var there = new Core(new SocketTransportOptions { Endpoints = [Core.On(TransportKind.Tcp)], MaxConnectionsPerSource = 2 });
        using var first = await Peer(there);
        using var second = await Peer(there);
        using var third = await Peer(there);
        using var guard = new CancellationTokenSource(Core.Patience);
        Assert.Equal(0, await third.GetStream().ReadAsync(new byte[1], guard.Token));

        await second.GetStream().WriteAsync(Core.Message());
        Assert.StartsWith("OPTIONS", await there.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_cut_off()
    {
        await using var there = new Core(new SocketTransportOptions { Endpoints = [Core.On(TransportKind.Tcp)], MaxPendingBytes = 100_000 });
        using var peer = await Peer(there);
        await peer.GetStream().WriteAsync(Core.Message());
        var flow = (await there.Next<TransportInbound>()).Flow;
        var much = new byte[50_000];
        for (var i = 0; i < 1_000 && there.SeesNothing; i++) there.Send(SipTarget.To(flow) with { FlowOnly = true }, much, "much");
        await there.Next<FlowClosed>();
    }

    [Fact]
    public async Task A_banned_source_gets_no_more_connections_than_help_needs()
    {
        await using var there = new Core(new SocketTransportOptions { Endpoints = [Core.On(TransportKind.Tcp)] }, gate: new HelpOnce());
        using var first = await Peer(there);
        await first.GetStream().WriteAsync(Core.Message());
        await there.Next<TransportInbound>(); // what may be said by it is the stack's affair

        using var second = await Peer(there);
        using var guard = new CancellationTokenSource(Core.Patience);
        Assert.Equal(0, await second.GetStream().ReadAsync(new byte[1], guard.Token));
    }

    [Fact]
    public async Task A_plain_peer_on_a_TLS_port_is_cut_off()
    {
        await using var there = new Core(TransportKind.Tls, tls: _tls);
        using var peer = await Peer(there);
        await peer.GetStream().WriteAsync(Core.Message());
        using var guard = new CancellationTokenSource(Core.Patience);
        var buffer = new byte[100];
        while (await peer.GetStream().ReadAsync(buffer, guard.Token) > 0)
        {
        }
        Assert.True(there.SeesNothing);
    }

    // The byte that begins the unfinished message may still be under way when the clock moves, so it moves until the sweeper has seen it.
    static async Task PassUntilClosed(Core there, ManualClock clock)
    {
        var closed = there.Next<FlowClosed>();
        while (!closed.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal("message not complete in time", (await closed).Reason);
    }

    static async Task<TcpClient> Peer(Core there)
    {
        var peer = new TcpClient();
        await peer.ConnectAsync(there.Endpoint.Bind);
        return peer;
    }

    static TlsOptions NewTls()
    {
        var certificate = TlsCertificates.SelfMade(["sip.example.pl", "127.0.0.1"], DateTimeOffset.UtcNow.AddHours(-1), TimeSpan.FromDays(1));
        return new TlsOptions(certificate) { TrustedRoots = [certificate] };
    }

    /// <summary>Everybody is banned.</summary>
    sealed class HelpOnce : ISourceGate
    {
        int _asked;

        public bool IsBanned(IPAddress source) => true;

        public bool MayConnect(IPAddress source) => Interlocked.Increment(ref _asked) == 1;
    }
}
