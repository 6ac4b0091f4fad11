using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>Puts the SIP effects of one call on the wire, numbers its requests, and knows what is still unanswered.</summary>
sealed class CallWire(EntityId id, CallServices services, CallTimeline timeline)
{
    readonly Dictionary<int, uint> _sequence = [];
    readonly Dictionary<int, uint> _heard = [];
    readonly Dictionary<string, Unanswered> _unanswered = [];
    readonly HashSet<int> _unacknowledged = [];

    /// <summary>No request of ours waits for its final response, and no 2xx for its ACK.</summary>
    public bool Idle => _unanswered.Count == 0 && _unacknowledged.Count == 0;

    public uint NextCSeq(Leg leg)
    {
        var next = Math.Max(_sequence.GetValueOrDefault(leg.Number), leg.Dialog?.LocalSeq ?? leg.Sent?.Request.CSeq.Number ?? 0) + 1;
        return _sequence[leg.Number] = next;
    }

    /// <summary>The highest CSeq of the peer's requests within the leg's dialog.</summary>
    public uint HeardFrom(int leg) => _heard.GetValueOrDefault(leg);

    /// <summary>After recovery: 2xx that were never acknowledged are repeated by the stack, and their ACK is awaited.</summary>
    public void Continue(CallState call)
    {
        foreach (var leg in call.Legs.Where(leg => leg is { Live: true, Received.Answer: not null })) _unacknowledged.Add(leg.Number);
    }

    public void WhenIdle(ActorRef call)
    {
        if (Idle) call.Tell(new WireIdle());
    }

    public void Took(CallCommand command)
    {
        switch (command)
        {
            case CallCommand.Response { Message.IsFinal: true, Context: { } context } response:
                if (_unanswered.Remove(context.Seed, out var asked) && IsProvenAgain(asked, context, response.Message)) break;
                if (context.For is PassedOn passed) PassBack(passed, response.Message);
                break;
            case CallCommand.Unanswered { Context: { } context }:
                _unanswered.Remove(context.Seed);
                if (context.For is PassedOn lost) Respond(lost.Transaction, SipResponse.For(lost.Request, 408));
                break;
            case CallCommand.Ack ack: _unacknowledged.Remove(ack.Leg); break;
            case CallCommand.NotAcknowledged: _unacknowledged.Clear(); break;
        }
    }

    public void CarryOut(CallEffect effect, CallState call)
    {
        switch (effect)
        {
            case CallEffect.Respond respond: Respond(respond.Transaction, respond.Response); break;
            case CallEffect.Invite(var number, var sent) when call[number] is { } dialled: Send(dialled, sent.Request, sent.Target, sent.Seed, null); break;
            case CallEffect.RestoreSent(var number, var sent) when call[number] is { } ended: Restore(ended, sent); break;
            case CallEffect.CancelInvite cancel: Cancel(cancel); break;
            case CallEffect.Ack ack: Acknowledge(ack); break;
            case CallEffect.Heard(var leg, var number): _heard[leg] = Math.Max(HeardFrom(leg), number); break;
            case CallEffect.InDialog request: InDialog(request, call); break;
            case CallEffect.HangUpFork fork: HangUp(fork, call); break;
            case CallEffect.RestoreReceived(_, var received): services.Signalling.Restore(id, received.Request, received.Flow, received.Answer); break;
        }
    }

    /// <summary>The turn could not be journaled: a caller whose call would have begun hears why.</summary>
    public void Refuse(Turn turn, int status, string phrase)
    {
        foreach (var leg in turn.Call.Legs)
        {
            if (leg is not { Role: LegRole.Uas, Received: { } received }) continue;
            var response = SipResponse.For(received.Request, status, phrase, leg.LocalTag);
            response.Headers.Add("Retry-After", "5");
            Respond(received.Transaction, response);
        }
    }

    void Respond(TeleCube.Sip.Transactions.ServerTransactionId transaction, SipResponse response)
    {
        timeline.Sent(LegOf(response), response, services.Clock.GetUtcNow());
        if (response is { IsSuccess: true } && response.CSeq.Method == SipMethod.Invite
            && services.World.Sip.Tags.TryRead(response.To.Tag ?? response.From.Tag, out _, out _, out var leg))
            _unacknowledged.Add(leg);
        services.Signalling.Respond(transaction, response);
    }

    void Send(Leg leg, SipRequest request, SipTarget target, string seed, object? purpose)
    {
        _unanswered[seed] = new Unanswered(leg, request, target);
        var sent = services.Signalling.Send(request, target, seed, new SentContext(id, leg.Number, seed, request.Method, purpose));
        timeline.Sent(leg.Number, sent, services.Clock.GetUtcNow());
    }

    void Restore(Leg leg, SentInvite sent)
    {
        _unanswered[sent.Seed] = new Unanswered(leg, sent.Request, sent.Target);
        services.Signalling.Restore(sent.Request, sent.Target, sent.Seed, new SentContext(id, leg.Number, sent.Seed, SipMethod.Invite));
    }

    /// <summary>
    /// A carrier may challenge any request within the dialog (RFC 3261 §22.2); it is proven once. The decider sees to INVITEs, which stand in the journal.
    /// </summary>
    bool IsProvenAgain(Unanswered asked, SentContext context, SipResponse refusal)
    {
        var (leg, refused, target) = asked;
        if (refusal.Status is not (401 or 407) || refused.Method == SipMethod.Invite) return false;
        if (refused.Headers.Has(SipHeaderName.Authorization) || refused.Headers.Has(SipHeaderName.ProxyAuthorization)) return false;
        if (leg.Party is not Party.Outside(var trunk, _) || services.World.Carriers.Find(trunk)?.Config.CredentialsOut is not { } credentials) return false;

        var again = refused.Copy();
        if (!new DigestClient(credentials.User, credentials.Password, services.World.Sip.Random).TryAnswer(refused, refusal, again)) return false;
        again.CSeq = new CSeq(NextCSeq(leg), refused.Method);
        again.Headers.Remove(SipHeaderName.Via);
        Send(leg, again, target, SeedOf(leg, again), context.For);
        return true;
    }

    /// <summary>The stack sends it as soon as the INVITE has a provisional response (RFC 3261 §9.1), and not at all if a final one is faster.</summary>
    void Cancel(CallEffect.CancelInvite cancel)
    {
        timeline.Cancelled(cancel.Leg, cancel.Sent.Request, cancel.Headers, services.Clock.GetUtcNow());
        services.Signalling.Cancel(cancel.Sent.Seed, cancel.Headers);
    }

    void Acknowledge(CallEffect.Ack ack)
    {
        var sent = services.Signalling.Acknowledge(ack.Transaction, ack.Request, ack.Target);
        timeline.Sent(ack.Leg, sent, services.Clock.GetUtcNow());
    }

    void InDialog(CallEffect.InDialog effect, CallState call)
    {
        if (call[effect.Leg] is not { } leg || (effect.Fork ?? leg.Dialog) is not { } dialog) return;
        var request = dialog.Request(effect.Method, NextCSeq(leg));
        var target = services.World.Sip.TargetOf(dialog, leg.Target, leg.Party);
        request.Headers.Add(SipHeaderName.UserAgent, services.World.Sip.Server);
        if (effect.Method == SipMethod.Notify || effect.Method == SipMethod.Update || effect.Method == SipMethod.Refer)
            request.Contact = services.World.Sip.ContactFor(target);
        foreach (var (name, value) in effect.Headers) request.Headers.Add(name, value);
        if (effect.ContentType is { } type) request.SetBody(type, effect.Body);
        Send(leg, request, target, SeedOf(leg, request), effect.Context);
    }

    void HangUp(CallEffect.HangUpFork fork, CallState call)
    {
        if (call[fork.Leg] is not { } leg || fork.Answer.To.Tag is null) return;
        var dialog = Dialog.OfFork(fork.Answer);
        Acknowledge(new CallEffect.Ack(fork.Leg, fork.Transaction, dialog.Ack(fork.Answer.CSeq.Number), fork.Target));
        var bye = dialog.Request(SipMethod.Bye, fork.Answer.CSeq.Number + 1);
        bye.Headers.Add(SipHeaderName.Reason, Ending.Reason(EndCause.Elsewhere).Value);
        Send(leg, bye, fork.Target, $"{call.Id}-{leg.Number}-fork-{dialog.Id.RemoteTag}", null);
    }

    /// <summary>Our tag begins with the leg's number; the tag is our own, so there is nothing to prove.</summary>
    static int? LegOf(SipResponse response) =>
        response.To.Tag is { } tag && tag.IndexOf('-', StringComparison.Ordinal) is > 0 and var end && int.TryParse(tag.AsSpan(0, end), out var leg)
            ? leg
            : null;

    void PassBack(PassedOn passed, SipResponse answer)
    {
        // a challenge is between the carrier and us
        var response = answer.Status is 401 or 407 ? SipResponse.For(passed.Request, 502) : SipResponse.For(passed.Request, answer.Status, answer.Reason);
        foreach (var (name, value) in PassedHeaders.Of(answer, sender: null, withBody: true)) response.Headers.Add(name, value);
        if (!answer.Body.IsEmpty && answer.ContentType is { } type) response.SetBody(type, answer.Body);
        Respond(passed.Transaction, response);
    }

    string SeedOf(Leg leg, SipRequest request) => $"{id.Id}-{leg.Number}-{request.CSeq.Number}";

    /// <summary>A request of ours without its final response, and the leg as it was then.</summary>
    sealed record Unanswered(Leg Leg, SipRequest Request, SipTarget Target);
}
