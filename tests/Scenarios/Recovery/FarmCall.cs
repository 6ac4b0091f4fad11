using System.Net;
using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>One call of a <see cref="FarmPhone"/>, as its phone sees it: a dialog, its audio, and what came from the exchange.</summary>
sealed class FarmCall : IAsyncDisposable
{
    readonly FarmPhone _phone;
    readonly SipRequest? _invite;
    readonly string _number;
    readonly TaskCompletionSource<SipResponse> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<SipResponse> _ringing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<DateTimeOffset> _answerTaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<SipRequest> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TaskCompletionSource<DateTimeOffset> _reinvited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TaskCompletionSource<string> _transferred = new(TaskCreationOptions.RunContinuationsAsynchronously);
    NameAddress _local;
    NameAddress _remote;
    SipUri _target;
    uint _cseq = 1;
    int _version = 1;
    string? _branch;
    string? _replaces;
    bool _holds;

    FarmCall(FarmPhone phone, string number, string callId, NameAddress local, NameAddress remote, SipUri target, double hz, SipRequest? invite)
    {
        (_phone, _number, CallId, _local, _remote, _target, _invite) = (phone, number, callId, local, remote, target, invite);
        Audio = new FarmAudio(hz, phone.IsSecure ? new FarmSrtp() : null, rollsOver: invite is null);
    }

    public string CallId { get; }

    public FarmAudio Audio { get; }

    /// <summary>The exchange's tag: <c>leg-callid-tenant-mac</c>.</summary>
    public string ExchangeTag => _remote.Tag ?? "";

    /// <summary>The exchange's id of the call.</summary>
    public string Id => ExchangeTag.Split('-')[1];

    public bool Holds => _holds;

    /// <summary>The final response to the INVITE of a call that was dialled.</summary>
    public Task<SipResponse> Final => _final.Task;

    /// <summary>When the 200 went out that the exchange acknowledged: those before it met an exchange that was down.</summary>
    public Task<DateTimeOffset> AnswerTaken => _answerTaken.Task;

    public void AnswerWasTaken(DateTimeOffset sent) => _answerTaken.TrySetResult(sent);

    public Task<SipResponse> Ringing => _ringing.Task;

    /// <summary>The exchange's BYE or CANCEL.</summary>
    public Task<SipRequest> Over => _over.Task;

    /// <summary>What another phone writes into Replaces to take this phone's place.</summary>
    public string Place => $"{CallId};to-tag={ExchangeTag};from-tag={_local.Tag}";

    public static FarmCall Outgoing(FarmPhone phone, string number, double hz, string? replaces = null)
    {
        var local = NameAddress.Parse($"<sip:{(phone.IsCarrier ? "" : "firmaabcde_")}{phone.Extension}@{phone.Domain}>;tag={phone.NewToken()}");
        var to = NameAddress.Parse($"<sip:{number}@{phone.Domain}>");
        return new FarmCall(phone, number, phone.NewToken(), local, to, to.Uri, hz, null) { _replaces = replaces };
    }

    public static FarmCall Offered(FarmPhone phone, SipRequest invite)
    {
        // The tone is chosen by whoever takes the call up: each extension has one of its own, and so has each number outside, by its last two digits.
        var hz = phone.IsCarrier ? 2000 + (10 * int.Parse(invite.Uri.User![^2..])) : 1000 + (100 * (int.Parse(phone.Extension) - 10));
        return new FarmCall(
            phone, "", invite.CallId, invite.To.WithTag(phone.NewToken()), invite.From, invite.Contact!.Uri, hz, invite);
    }

    public async Task Begin()
    {
        _branch = $"{Via.MagicCookie}{_phone.NewToken()}";
        var first = Invite();
        if (_phone.IsCarrier)
        {
            _ = Conclude(_phone.Request(first, Progressed, _branch), first);
            return;
        }

        var digest = _phone.NewDigest();
        var challenge = await _phone.Request(first);
        var again = Invite();
        if (!digest.TryAnswer(first, challenge, again)) throw new InvalidOperationException($"INVITE {_number} was not challenged but got\n{challenge}");
        _ = Conclude(_phone.Request(again, Progressed, _branch), again);
    }

    public void Ring()
    {
        var response = SipResponse.For(_invite!, 180, null, _local.Tag);
        response.Contact = _phone.Contact;
        _phone.Respond(_invite!, response);
    }

    public void Answer()
    {
        TakeMedia(_invite!);
        var response = SipResponse.For(_invite!, 200, null, _local.Tag);
        response.Contact = _phone.Contact;
        PutMedia(response);
        _phone.Respond(_invite!, response);
    }

    public void Refuse(int status) => _phone.Respond(_invite!, SipResponse.For(_invite!, status, null, _local.Tag));

    public async Task Cancel()
    {
        var cancel = new SipRequest(SipMethod.Cancel, _target) { From = _local, To = NameAddress.Parse($"<{_target}>"), CallId = CallId, CSeq = new CSeq(_cseq - 1, SipMethod.Cancel), MaxForwards = 70 };
        await _phone.Request(cancel, branch: _branch);
    }

    public Task Hold() => Reinvite(holds: true);

    public Task Resume() => Reinvite(holds: false);

    public Task<SipResponse> Bye()
    {
        Audio.Target = null;
        return _phone.Request(InDialog(SipMethod.Bye));
    }

    /// <summary>A transfer, attended when it says whose place is taken; completes with the last status line of the NOTIFYs.</summary>
    public async Task<string> Refer(string number, string? replaces = null)
    {
        _transferred = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var refer = InDialog(SipMethod.Refer);
        refer.Contact = _phone.Contact;
        refer.Headers.Add(SipHeaderName.ReferTo, $"<sip:{number}@{_phone.Domain}{(replaces is null ? "" : $"?Replaces={Uri.EscapeDataString(replaces)}")}>");
        var answer = await _phone.Request(refer);
        return answer.Status == 202 ? await _transferred.Task : $"REFER got {answer.Status} {answer.Reason}";
    }

    /// <summary>The time of the exchange's next re-INVITE.</summary>
    public Task<DateTimeOffset> NextReinvite()
    {
        _reinvited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _reinvited.Task;
    }

    public void Took(SipRequest request)
    {
        if (request.Method == SipMethod.Invite)
        {
            if (!TakeMedia(request))
            {
                _phone.Respond(request, SipResponse.For(request, 488));
                return;
            }

            _target = request.Contact!.Uri;
            var response = SipResponse.For(request, 200);
            response.Contact = _phone.Contact;
            _version++;
            PutMedia(response);
            _phone.Respond(request, response);
            _reinvited.TrySetResult(DateTimeOffset.UtcNow);
            return;
        }

        _phone.Respond(request, SipResponse.For(request, 200));
        if (request.Method == SipMethod.Notify && request.Headers.First("Subscription-State")?.StartsWith("terminated", StringComparison.Ordinal) is true)
            _transferred.TrySetResult(Encoding.UTF8.GetString(request.Body.Span).Trim());
        if (request.Method == SipMethod.Cancel && _invite is not null) Refuse(487);
        if (request.Method != SipMethod.Bye && request.Method != SipMethod.Cancel) return;
        Audio.Target = null;
        _over.TrySetResult(request);
    }

    public override string ToString() => $"{_phone.Extension} {CallId} ({ExchangeTag})";

    public ValueTask DisposeAsync() => Audio.DisposeAsync();

    SipRequest Invite()
    {
        var invite = new SipRequest(SipMethod.Invite, _target) { From = _local, To = _remote, CallId = CallId, CSeq = new CSeq(_cseq++, SipMethod.Invite), MaxForwards = 70, Contact = _phone.Contact };
        if (_replaces is not null) invite.Headers.Add(SipHeaderName.Replaces, _replaces);
        PutMedia(invite);
        return invite;
    }

    void Progressed(SipResponse response)
    {
        if (response.Status != 180) return;
        _remote = response.To;
        _ringing.TrySetResult(response);
    }

    async Task Conclude(Task<SipResponse> answered, SipRequest invite)
    {
        try
        {
            var response = await answered;
            _remote = response.To;
            if (response.IsSuccess)
            {
                _target = response.Contact!.Uri;
                TakeMedia(response);
                Acknowledge(invite.CSeq.Number);
            }
            _final.TrySetResult(response);
        }
        catch (TimeoutException late)
        {
            _final.TrySetException(late);
        }
    }

    async Task Reinvite(bool holds)
    {
        _holds = holds;
        _version++;
        var invite = InDialog(SipMethod.Invite);
        invite.Contact = _phone.Contact;
        PutMedia(invite);
        var response = await _phone.Request(invite);
        if (!response.IsSuccess) throw new InvalidOperationException($"{this}: {(holds ? "hold" : "resume")} got {response.Status} {response.Reason}");
        Acknowledge(invite.CSeq.Number);
        TakeMedia(response);
    }

    void Acknowledge(uint cseq)
    {
        var ack = new SipRequest(SipMethod.Ack, _target) { From = _local, To = _remote, CallId = CallId, CSeq = new CSeq(cseq, SipMethod.Ack), MaxForwards = 70 };
        _phone.Acknowledge(ack);
    }

    SipRequest InDialog(SipMethod method) =>
        new(method, _target) { From = _local, To = _remote, CallId = CallId, CSeq = new CSeq(_cseq++, method), MaxForwards = 70 };

    void PutMedia(SipMessage message) => message.SetBody("application/sdp", Encoding.ASCII.GetBytes(
        $"v=0\r\no=- 1 {_version} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {Audio.Port} {(Audio.Srtp is null ? "RTP/AVP" : "RTP/SAVP")} 8 101\r\n{Audio.Srtp?.Attribute}"
        + $"a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na={(_holds ? "sendonly" : "sendrecv")}\r\n"));

    bool TakeMedia(SipMessage message)
    {
        if (message.Sdp is not { Audio: { } audio } session || session.ConnectionOf(audio) is not { } connection) return false;
        if (Audio.Srtp?.Take(audio) is false) return false;
        Audio.Target = new IPEndPoint(IPAddress.Parse(connection.Address), audio.Port);
        return true;
    }
}
