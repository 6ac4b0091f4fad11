using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Wire;

/// <remarks>What it does by itself with what it hears.</remarks>
sealed partial class FarEnd
{
    void Take(SipRequest request)
    {
        var key = $"{request.TopVia.Branch} {request.Method}";
        if (request.Method == SipMethod.Ack) Acknowledged(request);
        else if (_answered.TryGetValue(key, out var known) && (house.Now < known.Until || RungBy(request) is { Phase: not FarPhase.Over })) house.Ether.Receive(known.Answer, at);
        else if (request.Method == SipMethod.Invite && request.To.Tag is null) Rung(request);
        else if (request.Method == SipMethod.Cancel) Cancelled(request);
        else if (Find(request.CallId, request.To.Tag) is not { Phase: not FarPhase.Over } call) Respond(request, request.Method == SipMethod.Bye ? 200 : 481, null);
        else if (request.Method == SipMethod.Bye) SaidGoodbye(request, call);
        else Respond(request, 200, call, sdp: request.Method == SipMethod.Invite || request.HasSdp);
    }

    void Rung(SipRequest invite)
    {
        var call = new FarCall(this, invite, calls: false, invite.To.WithTag($"f{house.NextName()}"), house.NextPort()) { BegunAt = house.Now, Phase = FarPhase.Ringing };
        Calls.Add(call);
        Respond(invite, 180, call);
        Rings(call);
    }

    void Acknowledged(SipRequest ack)
    {
        if (Find(ack.CallId, ack.To.Tag) is not { } call) return;
        call.Acknowledged = true;
        if (call is { GaveUp: true, Phase: FarPhase.Up }) Bye(call);
    }

    /// <summary>It may cross our answer: then the INVITE has that already (RFC 3261 §9.2).</summary>
    void Cancelled(SipRequest cancel)
    {
        Respond(cancel, 200, null);
        if (RungBy(cancel) is not { Phase: FarPhase.Ringing } call) return;
        Over(call, 487);
        call.EndedByExchange = true;
        Respond(call.Invite, 487, call, sdp: false, () => call.Acknowledged);
    }

    /// <summary>The call of that transaction, which lives as long as it rings, and 64*T1 after its last answer; a later INVITE of its name is another one.</summary>
    FarCall? RungBy(SipRequest request) => Calls.FindLast(call => !call.Calls && call.Invite.TopVia.Branch == request.TopVia.Branch);

    void SaidGoodbye(SipRequest bye, FarCall call)
    {
        Respond(bye, 200, call);
        Over(call, call.Status);
        call.EndedByExchange = true;
    }

    void Take(SipResponse response)
    {
        _unanswered.RemoveAll(sent => sent.Transaction == $"{response.TopVia.Branch} {response.CSeq.Method}" && (response.IsFinal || response.CSeq.Method == SipMethod.Invite));
        if (response.CSeq.Method == SipMethod.Bye && response.IsFinal && Find(response.CallId, response.From.Tag) is { } left) left.GoodbyeUnheard = false;
        if (response.CSeq.Method != SipMethod.Invite || Find(response.CallId, response.From.Tag) is not { Calls: true } call) return;
        if (call.Phase is FarPhase.Begun or FarPhase.Ringing) call.Status = response.Status;
        if (response.To.Tag is not null) call.Remote = response.To;
        if (response.IsProvisional) Alerted(call, response);
        else if (response.IsSuccess) Accepted(call, response);
        else Refused(call, response);
    }

    void Alerted(FarCall call, SipResponse response)
    {
        if (response.Status > 100 && call.Phase is FarPhase.Begun) call.Phase = FarPhase.Ringing;
        if (call.GaveUp) Cancel(call);
    }

    void Accepted(FarCall call, SipResponse response)
    {
        (call.Remote, call.RemoteTarget) = (response.To, response.Contact?.Uri);
        var wasUp = call.Acknowledged;
        if (call.Phase is not FarPhase.Over) call.Phase = FarPhase.Up;
        call.Acknowledged = true;
        house.Ether.Receive(Within(call, SipMethod.Ack, response.CSeq.Number).ToBytes(), at);
        if (call.GaveUp && !wasUp) Bye(call); // it crossed our CANCEL
    }

    /// <summary>The ACK belongs to the INVITE's transaction (RFC 3261 §17.1.1.3).</summary>
    void Refused(FarCall call, SipResponse response)
    {
        var ack = new SipRequest(SipMethod.Ack, call.Invite.Uri) { From = call.Local, To = response.To, CallId = call.Invite.CallId, CSeq = new CSeq(call.Invite.CSeq.Number, SipMethod.Ack), MaxForwards = 70 };
        ack.Headers.Add(SipHeaderName.Via, response.Headers.First(SipHeaderName.Via)!);
        house.Ether.Receive(ack.ToBytes(), at);
        if (!SaysWho(call, response)) Over(call, response.Status);
    }

    bool SaysWho(FarCall call, SipResponse response)
    {
        var again = Invite(call.Invite.Uri, call.Local, call.Invite.To, call.Invite.CallId, ++call.CSeq);
        if (call.GaveUp || Password?.TryAnswer(call.Invite, response, again) is not true) return false;
        (call.Invite, call.Phase, call.Status) = (again, FarPhase.Begun, 0);
        Send(call);
        return true;
    }
}
