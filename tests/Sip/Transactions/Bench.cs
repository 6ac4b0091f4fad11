using System.Net;
using System.Text;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>
/// The stack's tables on a manual clock, without thread and sockets. It writes down what is sent (`500 ms INVITE`, `0 ms 200 INVITE`) and what the user hears
/// (`0 ms > INVITE`), so that a test reads like a trace.
/// </summary>
sealed class Bench : ISipUser
{
    readonly ManualClock _clock = new();
    readonly DateTimeOffset _start;
    readonly StackContext _context;
    readonly Branches _branches;

    public Bench(SipStackOptions? options = null)
    {
        _start = _clock.GetUtcNow();
        Options = options ?? new SipStackOptions();
        _context = new StackContext(Options, new TimerWheel(_clock), new Wire(this), this, Counters);
        _branches = new Branches(Options.BranchKey, Options.Random);
        Clients = new ClientTransactions(_context);
        Servers = new ServerTransactions(_context, new StatelessAnswers(Options, _context.Transport, Counters));
    }

    public static SipFlow Udp { get; } = Flow(TransportKind.Udp);
    public static SipFlow Tcp { get; } = Flow(TransportKind.Tcp);
    public static SipTarget ToUdp { get; } = SipTarget.To(Udp);
    public static SipTarget ToTcp { get; } = SipTarget.To(Tcp);

    public SipStackOptions Options { get; }
    public SipStackCounters Counters { get; } = new();
    public ClientTransactions Clients { get; }
    public ServerTransactions Servers { get; }
    public List<string> Trace { get; } = [];
    public List<SipMessage> Sent { get; } = [];
    public List<object?> Contexts { get; } = [];
    public ServerTransactionId LastServer { get; private set; }
    public SipRequest? LastRequest { get; private set; }
    public int TimersArmed => _context.Wheel.Count;
    static IReadOnlyList<SipEndpoint> Ours { get; } =
    [
        new(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060), "us.example", 5060),
        new(TransportKind.Tcp, new IPEndPoint(IPAddress.Loopback, 5060), "us.example", 5060),
    ];

    public static SipRequest Parse(string text) => (SipRequest)ParseAny(text);

    public static SipMessage ParseAny(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        Assert.True(SipParser.TryParse(bytes, out var message).IsComplete, text);
        return message!;
    }

    public static SipRequest Request(string method, string branch = "z9hG4bKpeer1", string toTag = "", string callId = "call-1", uint cseq = 1, string extra = "") => Parse(
        $"""
        {method} sip:bob@us.example SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:6000;branch={branch}
        Max-Forwards: 70
        From: <sip:alice@peer.example>;tag=alice
        To: <sip:bob@us.example>{(toTag.Length > 0 ? ";tag=" + toTag : "")}
        Call-ID: {callId}
        CSeq: {cseq} {method}
        Contact: <sip:alice@127.0.0.1:6000>
        {extra}Content-Length: 0


        """);

    public ClientTransactionId Send(SipRequest request, SipTarget target, string? seed = "seed", object? context = null)
    {
        var prepared = PreparedRequest.From(request, target, _branches.Of(seed), Ours, Options.LongestUdpRequestBytes);
        Clients.Begin(prepared, context);
        return prepared.Id;
    }

    /// <summary>Takes up an INVITE of an earlier life; <paramref name="sent"/> is as it went out then.</summary>
    public ClientTransactionId Restore(SipRequest request, SipTarget target, out SipRequest sent)
    {
        var prepared = PreparedRequest.From(request, target, _branches.Of("seed"), Ours, Options.LongestUdpRequestBytes);
        sent = prepared.Request;
        Clients.Restore(prepared, context: null);
        return prepared.Id;
    }

    public void Acknowledge(ClientTransactionId invite, SipRequest ack, SipTarget target) =>
        Clients.Acknowledge(invite, PreparedRequest.From(ack, target, _branches.Of("ack" + ack.To.Tag), Ours, Options.LongestUdpRequestBytes));

    /// <summary>The peer answers the last request sent (or the given one).</summary>
    public void Answer(int status, string? tag = null, SipRequest? request = null, string? rseq = null)
    {
        var response = SipResponse.For(request ?? Sent.OfType<SipRequest>().Last(), status, toTag: tag);
        if (rseq is not null)
        {
            response.Headers.Add(SipHeaderName.RSeq, rseq);
            response.Headers.Add(SipHeaderName.Require, "100rel");
        }
        Clients.Receive((SipResponse)ParseAny(response.ToString()), Udp);
    }

    public void Receive(SipRequest request, SipFlow? flow = null)
    {
        ResponseRouting.Stamp(request, flow ?? Udp);
        Servers.Receive(request, flow ?? Udp, request.ToBytes());
    }

    public void Respond(int status, string? tag = "us", string? rseq = null, ServerTransactionId? to = null)
    {
        var response = SipResponse.For(LastRequest!, status, toTag: tag);
        if (rseq is not null)
        {
            response.Headers.Add(SipHeaderName.RSeq, rseq);
            response.Headers.Add(SipHeaderName.Require, "100rel");
        }
        Servers.Respond(to ?? LastServer, PreparedResponse.From(response));
    }

    /// <summary>Lets time pass, every timer at its own moment.</summary>
    public void Pass(TimeSpan time)
    {
        var end = _clock.GetUtcNow() + time;
        while (_context.Wheel.UntilNext() is { } wait && _clock.GetUtcNow() + wait <= end)
        {
            _clock.Advance(wait);
            _context.Wheel.Advance();
        }
        _clock.Advance(end - _clock.GetUtcNow());
        _context.Wheel.Advance();
    }

    public void PassAll() => Pass(TimeSpan.FromHours(2));

    /// <summary>The trace since the last look.</summary>
    public string Seen()
    {
        var seen = string.Join(", ", Trace);
        Trace.Clear();
        return seen;
    }

    public void RequestReceived(ServerTransactionId transaction, SipRequest request, SipFlow flow)
    {
        (LastServer, LastRequest) = (transaction, request);
        Note($"> {request.Method}");
    }

    public void AckReceived(SipRequest ack, SipFlow flow) => Note("> ACK");

    public void Cancelled(ServerTransactionId invite, SipRequest cancel) => Note("> cancelled");

    public void ResponseReceived(ClientTransactionId transaction, object? context, SipResponse response, SipFlow flow)
    {
        Contexts.Add(context);
        Note($"> {response.Status}");
    }

    public void Failed(ClientTransactionId transaction, object? context, TransactionFailure why) => Note($"> {why}");

    public void AckMissing(ServerTransactionId invite) => Note("> ack missing");

    public void PrackMissing(ServerTransactionId invite) => Note("> prack missing");

    public void StrayResponse(SipResponse response, SipFlow flow) => Note($"> stray {response.Status}");

    public void FlowClosed(FlowId flow) => Note("> flow closed");

    void Note(string what) => Trace.Add($"{(_clock.GetUtcNow() - _start).TotalMilliseconds:0} ms {what}");

    static SipFlow Flow(TransportKind kind) => new(
        new FlowId(kind == TransportKind.Udp ? -1 : 1), kind, new IPEndPoint(IPAddress.Loopback, 5060), "us.example", 5060, new IPEndPoint(IPAddress.Loopback, 6000));

    void Send(TransportOutbound message)
    {
        Assert.True(SipParser.TryParse(message.Bytes, out var sent).IsComplete);
        Sent.Add(sent!);
        Note(sent is SipRequest request ? request.Method.Name : $"{((SipResponse)sent!).Status} {sent.CSeq.Method}");
    }

    sealed class Wire(Bench bench) : ISipTransport
    {
        public IReadOnlyList<SipEndpoint> Endpoints => Ours;

        public void Start(Action<TransportEvent> core)
        {
        }

        public void Tell(TransportOutbound message) => bench.Send(message);

        public void Close(FlowId flow)
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
