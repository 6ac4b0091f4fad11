using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using TeleCube.Scenarios.Tests.Phones;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>
/// A scripted phone on a real wire with many calls at once. It shares only the product's messages and digest; its transactions and dialogs are written
/// here anew, and it repeats what is not answered, as a phone does while its exchange is down.
/// </summary>
sealed class FarmPhone : IAsyncDisposable
{
    static readonly TimeSpan _firstRepeat = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan _lastRepeat = TimeSpan.FromSeconds(4);
    static readonly TimeSpan _givenUp = TimeSpan.FromSeconds(32);

    readonly IFarmWire _wire;
    readonly IPEndPoint _exchange;
    readonly ConcurrentDictionary<string, Repeated> _open = new();
    readonly ConcurrentDictionary<string, byte[]> _answers = new();
    readonly ConcurrentDictionary<string, byte[]> _acks = new();
    readonly ConcurrentDictionary<string, FarmCall> _calls = new();
    readonly ConcurrentQueue<string> _ladder = new();
    readonly Channel<FarmCall> _incoming = Channel.CreateUnbounded<FarmCall>();
    readonly Channel<SipRequest> _unsolicited = Channel.CreateUnbounded<SipRequest>();

    /// <summary>By UDP, unless it is given another wire.</summary>
    public FarmPhone(string extension, IPEndPoint exchange, IFarmWire? wire = null)
    {
        (Extension, _exchange, _wire) = (extension, exchange, wire ?? new UdpFarmWire(exchange));
        var uri = SipUri.Sip(extension, _wire.Host, _wire.Port);
        Contact = new NameAddress(IsSecure ? uri.WithParameter("transport", "tls") : uri);
        _wire.Listen(Took);
    }

    /// <summary>No phone, but a carrier at the address that the exchange knows by a trunk: its calls show this number, and nobody asks for a password.</summary>
    public static FarmPhone Carrier(string caller, IPEndPoint exchange, IPEndPoint address) => new(caller, exchange, new UdpFarmWire(exchange, address)) { IsCarrier = true };

    public string Extension { get; }

    public bool IsCarrier { get; private init; }

    public NameAddress Contact { get; }

    /// <summary>Its calls have keys.</summary>
    public bool IsSecure => _wire.Protocol == "TLS";

    public string Domain => $"{_exchange}";

    /// <summary>First lines of all that was sent and received, with the time and the Call-ID's end.</summary>
    public IReadOnlyCollection<string> Ladder => _ladder;

    public IEnumerable<FarmCall> Calls => _calls.Values;

    /// <summary>What it watches, by Call-ID.</summary>
    public ConcurrentDictionary<string, FarmWatch> Watches { get; } = new();

    public string NewToken() => $"{Guid.NewGuid():N}"[..16];

    public DigestClient NewDigest() => new($"firmaabcde_{Extension}", $"demo-{Extension}", new SystemRandomSource());

    public async Task Register()
    {
        var digest = NewDigest();
        var register = RegisterRequest(1);
        var challenge = await Request(register);
        var again = RegisterRequest(2);
        if (!digest.TryAnswer(register, challenge, again)) throw new InvalidOperationException($"no challenge but {challenge}");
        var answer = await Request(again);
        if (answer.Status != 200) throw new InvalidOperationException($"extension {Extension} could not register:\n{answer}");
    }

    /// <summary>Begins a call; returns when the exchange has taken the password.</summary>
    public async Task<FarmCall> Dial(string number, double hz, string? replaces = null)
    {
        var call = FarmCall.Outgoing(this, number, hz, replaces);
        _calls[call.CallId] = call;
        await call.Begin();
        return call;
    }

    public ValueTask<FarmCall> Incoming(CancellationToken stop) => _incoming.Reader.ReadAsync(stop);

    /// <summary>A NOTIFY that it never asked for.</summary>
    public ValueTask<SipRequest> Unsolicited(CancellationToken stop) => _unsolicited.Reader.ReadAsync(stop);

    /// <summary>Sends a request, again and again, until its final response comes; the Via is put on here.</summary>
    public Task<SipResponse> Request(SipRequest request, Action<SipResponse>? progress = null, string? branch = null)
    {
        var via = new Via(_wire.Protocol, _wire.Host, _wire.Port, branch ?? $"{Via.MagicCookie}{NewToken()}").WithRPort();
        request.Headers.Prepend(SipHeaderName.Via, via);
        var repeated = new Repeated(request.ToBytes(), request, progress);
        _open[Key(via.Branch!, request.Method)] = repeated;
        Send(repeated.Bytes, request);
        return repeated.Final.Task;
    }

    public void Acknowledge(SipRequest ack)
    {
        ack.Headers.Prepend(SipHeaderName.Via, new Via(_wire.Protocol, _wire.Host, _wire.Port, $"{Via.MagicCookie}{NewToken()}"));
        var bytes = ack.ToBytes();
        _acks[$"{ack.CallId}|{ack.CSeq.Number}"] = bytes;
        Send(bytes, ack);
    }

    public void Respond(SipRequest request, SipResponse response)
    {
        var bytes = response.ToBytes();
        _answers[Key(request.TopVia.Branch!, request.Method)] = bytes;
        if (response.IsSuccess && request.Method == SipMethod.Invite) _open[Unacknowledged(request)] = new Repeated(bytes, response, null);
        Send(bytes, response);
    }

    /// <summary>Repeats what is due.</summary>
    public void Tick(DateTimeOffset now)
    {
        foreach (var (key, repeated) in _open)
        {
            if (now - repeated.Began > _givenUp && _open.TryRemove(key, out _))
                repeated.Final.TrySetException(new TimeoutException($"extension {Extension} got no answer in {_givenUp.TotalSeconds} s to\n{repeated.Message}"));
            else if (!repeated.Provisional && now >= repeated.Due)
            {
                repeated.Wait = repeated.Wait * 2 < _lastRepeat ? repeated.Wait * 2 : _lastRepeat;
                repeated.Due = now + repeated.Wait;
                repeated.LastSent = now;
                Send(repeated.Bytes, repeated.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        foreach (var call in _calls.Values) await call.DisposeAsync();
    }

    SipRequest RegisterRequest(uint cseq)
    {
        var request = new SipRequest(SipMethod.Register, SipUri.Parse($"sip:{Domain}"))
        {
            From = NameAddress.Parse($"<sip:firmaabcde_{Extension}@{Domain}>;tag=r{Extension}"),
            To = NameAddress.Parse($"<sip:firmaabcde_{Extension}@{Domain}>"),
            CallId = $"register-{Extension}-{Contact.Uri.Port}",
            CSeq = new CSeq(cseq, SipMethod.Register),
            Contact = Contact,
            MaxForwards = 70,
        };
        request.Headers.Add(SipHeaderName.Expires, "3600");
        return request;
    }

    void Took(SipMessage message)
    {
        Note("<-", message);
        if (message is SipResponse response) Took(response);
        else if (message is SipRequest request) Took(request);
    }

    void Took(SipResponse response)
    {
        var key = Key(response.TopVia.Branch!, response.CSeq.Method);
        if (response.IsProvisional)
        {
            if (!_open.TryGetValue(key, out var waiting)) return;
            waiting.Provisional = waiting.Message is SipRequest { Method: var method } && method == SipMethod.Invite;
            waiting.Progress?.Invoke(response);
        }
        else if (_open.TryRemove(key, out var asked))
        {
            if (response.CSeq.Method == SipMethod.Invite && !response.IsSuccess) AcknowledgeFailure((SipRequest)asked.Message, response);
            asked.Final.TrySetResult(response);
        }
        else if (response.CSeq.Method == SipMethod.Invite && _acks.TryGetValue($"{response.CallId}|{response.CSeq.Number}", out var ack))
        {
            Send(ack, null);
        }
    }

    void AcknowledgeFailure(SipRequest invite, SipResponse response)
    {
        var ack = new SipRequest(SipMethod.Ack, invite.Uri) { From = invite.From, To = response.To, CallId = invite.CallId, CSeq = new CSeq(invite.CSeq.Number, SipMethod.Ack), MaxForwards = 70 };
        ack.Headers.Prepend(SipHeaderName.Via, invite.TopVia);
        var bytes = ack.ToBytes();
        _acks[$"{ack.CallId}|{ack.CSeq.Number}"] = bytes;
        Send(bytes, ack);
    }

    void Took(SipRequest request)
    {
        if (request.Method == SipMethod.Ack)
        {
            if (_open.TryRemove(Unacknowledged(request), out var taken) && _calls.TryGetValue(request.CallId, out var acknowledged)) acknowledged.AnswerWasTaken(taken.LastSent);
            return;
        }

        var key = Key(request.TopVia.Branch!, request.Method);
        if (!_answers.TryAdd(key, []))
        {
            if (_answers[key] is { Length: > 0 } again) Send(again, null);
        }
        else if (request.Method == SipMethod.Invite && request.To.Tag is null)
        {
            var call = FarmCall.Offered(this, request);
            _calls[call.CallId] = call;
            call.Ring();
            _incoming.Writer.TryWrite(call);
        }
        else if (_calls.TryGetValue(request.CallId, out var call)) call.Took(request);
        else if (Watches.TryGetValue(request.CallId, out var watch)) watch.Took(request);
        else if (request.Method == SipMethod.Notify && request.To.Tag is null)
        {
            Respond(request, SipResponse.For(request, 200));
            _unsolicited.Writer.TryWrite(request);
        }
        else Respond(request, SipResponse.For(request, 481));
    }

    void Send(byte[] bytes, SipMessage? message)
    {
        if (message is not null) Note("->", message);
        _wire.Send(bytes);
    }

    void Note(string way, SipMessage message)
    {
        var first = message is SipRequest request ? $"{request.Method} {request.Uri}" : $"{((SipResponse)message).Status} {((SipResponse)message).Reason}";
        _ladder.Enqueue($"{DateTimeOffset.UtcNow:mm:ss.fff} {Extension} {way} {first} ({message.CSeq}) {message.CallId}");
    }

    static string Key(string branch, SipMethod method) => $"{branch}|{method}";

    static string Unacknowledged(SipRequest request) => $"2xx|{request.CallId}|{request.CSeq.Number}";

    sealed record Repeated(byte[] Bytes, SipMessage Message, Action<SipResponse>? Progress)
    {
        public TaskCompletionSource<SipResponse> Final { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset Began { get; } = DateTimeOffset.UtcNow;

        public DateTimeOffset Due { get; set; } = DateTimeOffset.UtcNow + _firstRepeat;

        public TimeSpan Wait { get; set; } = _firstRepeat;

        public bool Provisional { get; set; }

        public DateTimeOffset LastSent { get; set; } = DateTimeOffset.UtcNow;
    }
}
