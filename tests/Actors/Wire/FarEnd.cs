using System.Globalization;
using System.Net;
using System.Text;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>
/// A phone or a carrier on the other side of the wire: it sends and reads real datagrams, repeats what is not answered, and answers by itself what any phone
/// answers by itself. What people do at it is said by the test.
/// </summary>
sealed partial class FarEnd(WireHouse house, string name, IPEndPoint at)
{
    static readonly TimeSpan _t1 = TimeSpan.FromMilliseconds(500), _t2 = TimeSpan.FromSeconds(4), _patience = TimeSpan.FromSeconds(32);

    readonly Dictionary<string, (ReadOnlyMemory<byte> Answer, DateTimeOffset Until)> _answered = new(StringComparer.Ordinal);
    readonly List<Unanswered> _unanswered = [];

    public string Name => name;

    public IPEndPoint At => at;

    public List<FarCall> Calls { get; } = [];

    public IEnumerable<FarCall> Live => Calls.Where(call => call.Phase is not FarPhase.Over);

    /// <summary>The exchange calls; it rings already.</summary>
    public Action<FarCall> Rings { get; set; } = _ => { };

    /// <summary>Who it says it is when it is asked.</summary>
    public DigestClient? Password { get; set; }

    /// <summary>Calls a number of the exchange.</summary>
    public FarCall Call(string number, string? from)
    {
        var id = house.NextName();
        var self = NameAddress.Parse(from is null ? $"<sip:anonymous@anonymous.invalid>;tag=f{id}" : $"<sip:{from}@{at}>;tag=f{id}");
        var to = NameAddress.Parse($"<sip:{number}@{Ether.Exchange}>");
        var invite = Invite(SipUri.Sip(number, "127.0.0.1", Ether.Exchange.Port), self, to, $"far-{id}", 1);
        var call = new FarCall(this, invite, calls: true, self, house.NextPort()) { BegunAt = house.Now };
        Calls.Add(call);
        Send(call);
        return call;
    }

    SipRequest Invite(SipUri uri, NameAddress from, NameAddress to, string id, uint cseq) => new(SipMethod.Invite, uri)
    {
        From = from,
        To = to,
        CallId = id,
        CSeq = new CSeq(cseq, SipMethod.Invite),
        MaxForwards = 70,
        Contact = Contact,
    };

    void Send(FarCall call)
    {
        call.Invite.SetBody("application/sdp", Sdp(call));
        Send(call.Invite, () => call.Phase is not FarPhase.Begun || call.Status >= 100, () => Over(call, 408));
    }

    public void Answer(FarCall call)
    {
        if (call is not { Calls: false, Phase: FarPhase.Ringing }) return;
        (call.Phase, call.Status) = (FarPhase.Up, 200);
        Respond(call.Invite, 200, call, sdp: true, () => call.Acknowledged || call.Phase is FarPhase.Over, () => Bye(call)); // RFC 3261 §13.3.1.4
    }

    public void Refuse(FarCall call, int status)
    {
        if (call is not { Calls: false, Phase: FarPhase.Ringing }) return;
        Over(call, status);
        Respond(call.Invite, status, call, sdp: false, () => call.Acknowledged);
    }

    /// <summary>A caller who is not answered yet gives up by CANCEL, anybody else by BYE.</summary>
    public void HangUp(FarCall call)
    {
        if (call.Phase is FarPhase.Over || call.GaveUp) return;
        call.GaveUp = true;
        if (call is { Phase: FarPhase.Up, Calls: false, Acknowledged: false }) return; // RFC 3261 §15: not before the ACK of the 2xx
        if (call.Phase is FarPhase.Up) Bye(call);
        else if (call.Status >= 100) Cancel(call); // RFC 3261 §9.1: not before it has an answer of any kind
    }

    public void PressByInfo(FarCall call, char key)
    {
        var info = Within(call, SipMethod.Info);
        info.SetBody("application/dtmf-relay", Encoding.ASCII.GetBytes($"Signal={key}\r\nDuration=100\r\n"));
        Send(info);
    }

    public void Take(ReadOnlyMemory<byte> datagram)
    {
        if (!SipParser.TryParse(datagram, out var message).IsComplete) throw new FormatException($"the exchange sent what does not parse: {Encoding.UTF8.GetString(datagram.Span)}");
        if (message is SipRequest request) Take(request);
        else Take((SipResponse)message!);
    }

    /// <summary>Repeats what nobody has answered (RFC 3261 §17), and gives it up in the end.</summary>
    public void Repeat()
    {
        foreach (var sent in _unanswered.ToList())
        {
            if (sent.Done() || house.Now >= sent.Until)
            {
                _unanswered.Remove(sent);
                if (!sent.Done()) sent.GivesUp();
            }

            if (!_unanswered.Contains(sent) || house.Now < sent.Next) continue;
            sent.Next = house.Now + sent.Interval;
            sent.Interval = sent.Interval * 2 < _t2 ? sent.Interval * 2 : _t2;
            house.Ether.Receive(sent.Bytes, at);
        }
    }

    /// <summary>When something is to be repeated next.</summary>
    public DateTimeOffset? NextRepeat => _unanswered.Count == 0 ? null : _unanswered.Min(sent => sent.Next < sent.Until ? sent.Next : sent.Until);

    NameAddress Contact => NameAddress.Parse($"<sip:{name}@{at}>");

    void Cancel(FarCall call)
    {
        var cancel = new SipRequest(SipMethod.Cancel, call.Invite.Uri) { From = call.Local, To = call.Invite.To, CallId = call.Invite.CallId, CSeq = new CSeq(call.Invite.CSeq.Number, SipMethod.Cancel), MaxForwards = 70 };
        cancel.Headers.Add(SipHeaderName.Via, call.Invite.Headers.First(SipHeaderName.Via)!);
        Send(cancel, () => call.Phase is FarPhase.Over);
    }

    void Bye(FarCall call)
    {
        Over(call, call.Status);
        call.GoodbyeUnheard = true;
        Send(Within(call, SipMethod.Bye), () => !call.GoodbyeUnheard, () => call.GoodbyeUnheard = false);
    }

    void Over(FarCall call, int status) => (call.Phase, call.Status, call.OverAt) = (FarPhase.Over, status, house.Now);

    FarCall? Find(string id, string? tag) => Calls.Find(call => call.Invite.CallId == id && call.Local.Tag == tag);

    SipRequest Within(FarCall call, SipMethod method, uint? cseq = null) => new(method, call.RemoteTarget ?? call.Invite.Uri)
    {
        From = call.Local,
        To = call.Remote,
        CallId = call.Invite.CallId,
        CSeq = new CSeq(cseq ?? ++call.CSeq, method),
        MaxForwards = 70,
        Headers = { { SipHeaderName.Via, NewVia() } },
    };

    string NewVia() => string.Create(CultureInfo.InvariantCulture, $"SIP/2.0/UDP {at};rport;branch=z9hG4bKfar{house.NextName()}");

    void Send(SipRequest request, Func<bool>? done = null, Action? givesUp = null)
    {
        if (!request.Headers.Has(SipHeaderName.Via)) request.Headers.Add(SipHeaderName.Via, NewVia());
        Repeatedly(request.ToBytes(), $"{request.TopVia.Branch} {request.Method}", done ?? (() => false), givesUp);
    }

    void Respond(SipRequest request, int status, FarCall? call, bool sdp = false, Func<bool>? done = null, Action? givesUp = null)
    {
        var response = SipResponse.For(request, status, null, call?.Local.Tag);
        response.Contact = Contact;
        if (sdp && call is not null) response.SetBody("application/sdp", Sdp(call));
        var bytes = response.ToBytes();
        _answered[$"{request.TopVia.Branch} {request.Method}"] = (bytes, house.Now + _patience);
        if (done is null) house.Ether.Receive(bytes, at);
        else Repeatedly(bytes, null, done, givesUp);
    }

    void Repeatedly(byte[] bytes, string? transaction, Func<bool> done, Action? givesUp = null)
    {
        _unanswered.Add(new Unanswered { Bytes = bytes, Transaction = transaction, Done = done, GivesUp = givesUp ?? (() => { }), Next = house.Now + _t1, Interval = _t1 * 2, Until = house.Now + _patience });
        house.Ether.Receive(bytes, at);
    }

    static byte[] Sdp(FarCall call) => Encoding.ASCII.GetBytes(
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio {call.Port} RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n");

    sealed class Unanswered
    {
        public required byte[] Bytes { get; init; }
        public required string? Transaction { get; init; }
        public required Func<bool> Done { get; init; }
        public required Action GivesUp { get; init; }
        public required DateTimeOffset Next { get; set; }
        public required TimeSpan Interval { get; set; }
        public required DateTimeOffset Until { get; init; }
    }
}
