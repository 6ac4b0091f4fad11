using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>Two whole stacks on loopback, and peers that send nonsense.</summary>
public sealed class SipStackTests
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(TransportKind.Udp)]
    [InlineData(TransportKind.Tcp)]
    public async Task A_call_goes_through(TransportKind kind)
    {
        await using var caller = new Party(kind);
        await using var callee = new Party(kind);
        var target = callee.AsTarget();
        var id = caller.Stack.Send(Bench.Request("INVITE"), target, "call", "context");

        var (invite, request, _) = await callee.Next<Heard.Request>();
        callee.Stack.Respond(invite, SipResponse.For(request, 180, toTag: "callee"));
        Assert.Equal(180, (await caller.Next<Heard.Response>()).Message.Status);
        callee.Stack.Respond(invite, SipResponse.For(request, 200, toTag: "callee"));
        var answered = await caller.Next<Heard.Response>();
        Assert.Equal((200, id, "context"), (answered.Message.Status, answered.Id, answered.Context));

        var ack = Bench.Request("ACK", toTag: "callee");
        caller.Stack.Acknowledge(id, ack, target);
        Assert.Equal("callee", (await callee.Next<Heard.Ack>()).Message.To.Tag);

        caller.Stack.Send(Bench.Request("BYE", toTag: "callee", cseq: 2), target, "bye", null);
        var bye = await callee.Next<Heard.Request>();
        callee.Stack.Respond(bye.Id, SipResponse.For(bye.Message, 200));
        Assert.Equal(200, (await caller.Next<Heard.Response>()).Message.Status);
    }

    [Fact]
    public async Task A_bad_request_is_told_what_is_wrong_with_it()
    {
        await using var party = new Party(TransportKind.Udp);
        using var peer = new UdpClient("127.0.0.1", party.Port);
        await peer.SendAsync(Encoding.ASCII.GetBytes(Bench.Request("OPTIONS").ToString()
            .Replace("1 OPTIONS", "x OPTIONS", StringComparison.Ordinal)
            .Replace("branch", "rport;branch", StringComparison.Ordinal)));
        Assert.StartsWith("SIP/2.0 400 Bad CSeq", await Reply(peer), StringComparison.Ordinal);
        Assert.Equal(1, party.Stack.Counters.Malformed);
        Assert.Equal(1, party.Stack.Malformed.From(IPAddress.Loopback));
        Assert.Equal(1, party.Stack.Malformed.ByReason["Bad CSeq"]);
    }

    [Fact]
    public async Task Garbage_is_counted_and_not_answered()
    {
        await using var party = new Party(TransportKind.Udp);
        using var peer = new UdpClient("127.0.0.1", party.Port);
        await peer.SendAsync(Encoding.ASCII.GetBytes("this is not SIP at all\r\n\r\n"));
        await peer.SendAsync(Encoding.ASCII.GetBytes("SIP/2.0 200 OK\r\nVia: nonsense\r\n\r\n"));
        await peer.SendAsync(Bench.Request("OPTIONS").ToBytes());
        await party.Next<Heard.Request>();
        Assert.Equal((2, 0), (party.Stack.Counters.Malformed, party.Stack.Counters.Sent));
    }

    [Fact]
    public async Task A_datagram_that_is_too_long_is_refused()
    {
        await using var party = new Party(TransportKind.Udp);
        using var peer = new UdpClient("127.0.0.1", party.Port);
        var tooLong = Bench.Request("OPTIONS", extra: $"X-Long: {new string('x', 4096)}\r\n").ToString();
        await peer.SendAsync(Encoding.ASCII.GetBytes(tooLong.Replace("127.0.0.1:6000;", "127.0.0.1:6000;rport;", StringComparison.Ordinal)));
        Assert.StartsWith("SIP/2.0 513 ", await Reply(peer), StringComparison.Ordinal);
        await peer.SendAsync(Bench.Request("OPTIONS", "z9hG4bK2", extra: $"X-Long: {new string('x', 3000)}\r\n").ToBytes());
        await party.Next<Heard.Request>();
        Assert.Equal(1, party.Stack.Counters.Malformed);
    }

    [Fact]
    public async Task A_banned_source_is_not_even_parsed()
    {
        await using var party = new Party(TransportKind.Udp, new Banned("127.0.0.66"));
        using var banned = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.66"), 0));
        await banned.SendAsync("garbage that would be counted\r\n\r\n"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, party.Port));
        using var peer = new UdpClient("127.0.0.1", party.Port);
        await peer.SendAsync(Bench.Request("OPTIONS").ToBytes());
        await party.Next<Heard.Request>();
        Assert.Equal((1, 0), (party.Stack.Counters.Banned, party.Stack.Counters.Malformed));
    }

    [Fact]
    public async Task A_banned_source_may_still_call_for_help_and_end_what_it_has()
    {
        await using var party = new Party(TransportKind.Udp, new Banned("127.0.0.66"));
        using var banned = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.66"), 0));
        banned.Connect(IPAddress.Loopback, party.Port);
        await banned.SendAsync(Bench.Request("REGISTER", "z9hG4bK1").ToBytes());
        await banned.SendAsync(Bench.Request("INVITE", "z9hG4bK2").ToBytes());
        await banned.SendAsync("BYE without a To\r\n\r\n"u8.ToArray());
        await banned.SendAsync("BYE sip:bob@us.example SIP/2.0\r\nCSeq: 1 BYE\r\n\r\n"u8.ToArray());
        var help = Bench.Request("INVITE", "z9hG4bK3", callId: "help");
        help.Uri = SipUri.Parse("sip:112@us.example");
        await banned.SendAsync(help.ToBytes());
        Assert.Equal("help", (await party.Next<Heard.Request>()).Message.CallId);
        Assert.Equal((4, 0, 0), (party.Stack.Counters.Banned, party.Stack.Counters.Malformed, party.Stack.Counters.Sent));
        await banned.SendAsync(Bench.Request("BYE", "z9hG4bK5", toTag: "made-up", cseq: 2).ToBytes());
        await banned.SendAsync(Bench.Request("BYE", "z9hG4bK4", toTag: "us", cseq: 2).ToBytes());
        Assert.Equal(SipMethod.Bye, (await party.Next<Heard.Request>()).Message.Method);
    }

    [Fact]
    public async Task Over_a_connection_a_banned_source_may_call_for_help_and_nothing_else()
    {
        await using var party = new Party(TransportKind.Tcp, new Banned("127.0.0.66"));
        using var banned = new TcpClient(new IPEndPoint(IPAddress.Parse("127.0.0.66"), 0));
        await banned.ConnectAsync(IPAddress.Loopback, party.Port);
        var help = Bench.Request("INVITE", "z9hG4bK3", callId: "help");
        help.Uri = SipUri.Parse("sip:112@us.example");
        foreach (var request in (SipRequest[])[Bench.Request("REGISTER", "z9hG4bK1"), Bench.Request("INVITE", "z9hG4bK2"), help])
            await banned.GetStream().WriteAsync(request.ToBytes());
        Assert.Equal("help", (await party.Next<Heard.Request>()).Message.CallId);
        Assert.Equal((2, 0), (party.Stack.Counters.Banned, party.Stack.Counters.Sent));
    }

    [Theory]
    [InlineData(";rport", true)]
    [InlineData("", false)]
    public async Task The_answer_goes_where_the_request_came_from_if_rport_asks_for_it(string rport, bool toSource)
    {
        await using var party = new Party(TransportKind.Udp);
        using var source = new UdpClient("127.0.0.1", party.Port);
        using var named = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var via = $"127.0.0.1:{((IPEndPoint)named.Client.LocalEndPoint!).Port};branch=z9hG4bKx{rport}";
        await source.SendAsync(Encoding.ASCII.GetBytes(Bench.Request("OPTIONS").ToString()
            .Replace("127.0.0.1:6000;branch=z9hG4bKpeer1", via, StringComparison.Ordinal)));
        var heard = await party.Next<Heard.Request>();
        party.Stack.Respond(heard.Id, SipResponse.For(heard.Message, 200, toTag: "us"));
        var reply = await Reply(toSource ? source : named);
        Assert.StartsWith("SIP/2.0 200", reply, StringComparison.Ordinal);
        Assert.Equal(toSource, reply.Contains("received=127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_is_gone_is_opened_anew_for_the_answer()
    {
        await using var party = new Party(TransportKind.Tcp);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using (var peer = new TcpClient())
        {
            await peer.ConnectAsync(IPAddress.Loopback, party.Port);
            var request = Bench.Request("OPTIONS").ToString()
                .Replace("UDP 127.0.0.1:6000", $"TCP 127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", StringComparison.Ordinal);
            await peer.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
            await party.Next<Heard.Request>();
        }
        await party.Next<Heard.Closed>();
        party.Stack.Respond(party.Last!.Id, SipResponse.For(party.Last.Message, 200, toTag: "us"));
        using var guard = new CancellationTokenSource(_patience);
        using var again = await listener.AcceptTcpClientAsync(guard.Token);
        var buffer = new byte[2000];
        var length = await again.GetStream().ReadAsync(buffer, guard.Token);
        Assert.StartsWith("SIP/2.0 200", Encoding.ASCII.GetString(buffer, 0, length), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_peer_over_TCP_fails_the_request_at_once()
    {
        await using var party = new Party(TransportKind.Tcp);
        using var bound = new Socket(SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        party.Stack.Send(Bench.Request("OPTIONS"), new SipTarget(TransportKind.Tcp, (IPEndPoint)bound.LocalEndPoint!), null, null);
        Assert.Equal(TransactionFailure.Transport, (await party.Next<Heard.Failure>()).Why);
    }

    [Fact]
    public async Task A_defect_of_the_user_costs_one_message_only()
    {
        await using var party = new Party(TransportKind.Udp) { ThrowOnce = true };
        using var peer = new UdpClient("127.0.0.1", party.Port);
        await peer.SendAsync(Bench.Request("OPTIONS", "z9hG4bKa", callId: "a").ToBytes());
        await peer.SendAsync(Bench.Request("OPTIONS", "z9hG4bKb", callId: "b").ToBytes());
        Assert.Equal("b", (await party.Next<Heard.Request>()).Message.CallId);
    }

    static async Task<string> Reply(UdpClient peer)
    {
        using var guard = new CancellationTokenSource(_patience);
        var reply = await peer.ReceiveAsync(guard.Token);
        Assert.True(SipParser.TryParse(reply.Buffer, out _).IsComplete);
        return Encoding.ASCII.GetString(reply.Buffer);
    }

    sealed class Banned(string address) : ISourceGate
    {
        public bool IsBanned(IPAddress source) => source.ToString() == address;
    }

    /// <summary>What a user hears.</summary>
    abstract record Heard
    {
        internal sealed record Request(ServerTransactionId Id, SipRequest Message, SipFlow Flow) : Heard;

        internal sealed record Ack(SipRequest Message) : Heard;

        internal sealed record Response(ClientTransactionId Id, object? Context, SipResponse Message) : Heard;

        internal sealed record Failure(TransactionFailure Why) : Heard;

        internal sealed record Closed(FlowId Flow) : Heard;
    }

    sealed class Party : ISipUser, IAsyncDisposable
    {
        readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();

        public Party(TransportKind kind, ISourceGate? gate = null)
        {
            var options = new SocketTransportOptions { Endpoints = [new(kind, new IPEndPoint(IPAddress.Loopback, 0))] };
            gate ??= new OpenSourceGate();
            var transport = new SocketTransport(options, gate, TimeProvider.System);
            Stack = new SipStack(new SipStackOptions { IsExempt = request => request.Uri.User == "112", IsDialogTag = tag => tag == "us", MaxMessageBytes = 4096 }, transport, gate, TimeProvider.System, NullLogger<SipStack>.Instance);
            Stack.Start(this);
        }

        public SipStack Stack { get; }

        public int Port => Stack.Endpoints[0].Bind.Port;

        public bool ThrowOnce { get; set; }

        public Heard.Request? Last { get; private set; }

        public SipTarget AsTarget() => new(Stack.Endpoints[0].Transport, Stack.Endpoints[0].Bind);

        public async Task<T> Next<T>() where T : Heard
        {
            using var guard = new CancellationTokenSource(_patience);
            return Assert.IsType<T>(await _heard.Reader.ReadAsync(guard.Token));
        }

        public ValueTask DisposeAsync() => Stack.DisposeAsync();

        public void RequestReceived(ServerTransactionId transaction, SipRequest request, SipFlow flow)
        {
            if (ThrowOnce)
            {
                ThrowOnce = false;
                throw new InvalidOperationException("a defect");
            }
            Last = new(transaction, request, flow);
            _heard.Writer.TryWrite(Last);
        }

        public void AckReceived(SipRequest ack, SipFlow flow) => _heard.Writer.TryWrite(new Heard.Ack(ack));

        public void Cancelled(ServerTransactionId invite, SipRequest cancel) => Assert.Fail("not cancelled here");

        public void ResponseReceived(ClientTransactionId transaction, object? context, SipResponse response, SipFlow flow)
        {
            if (response.Status > 100) _heard.Writer.TryWrite(new Heard.Response(transaction, context, response));
        }

        public void Failed(ClientTransactionId transaction, object? context, TransactionFailure why) => _heard.Writer.TryWrite(new Heard.Failure(why));

        public void AckMissing(ServerTransactionId invite) => Assert.Fail("no ACK is missing here");

        public void PrackMissing(ServerTransactionId invite) => Assert.Fail("no PRACK is missing here");

        public void StrayResponse(SipResponse response, SipFlow flow) => Assert.Fail("no response is stray here");

        public void FlowClosed(FlowId flow) => _heard.Writer.TryWrite(new Heard.Closed(flow));
    }
}
