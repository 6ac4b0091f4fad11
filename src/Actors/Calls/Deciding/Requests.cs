using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Media.Messages;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>Requests of the peer within a dialog. Each gets exactly one final response.</summary>
static class Requests
{
    static readonly SipHeaderName _infoPackage = "Info-Package";

    public static void Received(Turn turn, CallCommand.Request request)
    {
        if (turn.Call[request.Leg] is not { } leg || !Matches(leg, request.Message))
        {
            Orphans.Answer(turn, request);
            return;
        }

        var method = request.Message.Method;
        var number = request.Message.CSeq.Number;
        if (number < Math.Max(request.HeardSeq, LastSeq(leg)))
        {
            Refuse(turn, request, new(500, "CSeq Out Of Order")); // RFC 3261 §12.2.2
            return;
        }

        turn.Do(new CallEffect.Heard(leg.Number, number));
        if (number > Math.Max(request.HeardSeq, LastSeq(leg)) && method != SipMethod.Bye) leg = Followed(turn, leg, request.Flow);
        if (method == SipMethod.Bye) Bye(turn, leg, request);
        else if (!leg.Live) Orphans.Answer(turn, request);
        else if (method == SipMethod.Invite || method == SipMethod.Update) Renegotiating.Received(turn, leg, request);
        else if (method == SipMethod.Prack) Prack(turn, leg, request);
        else if (method == SipMethod.Options) Respond(turn, request, 200);
        else if (method == SipMethod.Notify) Refuse(turn, request, new(481, "Subscription Does Not Exist")); // RFC 6665 §4.1.3: we never subscribe
        else if (method == SipMethod.Info) Info(turn, leg, request);
        else if (method == SipMethod.Refer) Transferring.Referred(turn, leg, request);
        else if (method == SipMethod.Message) PassOn(turn, leg, request);
        else Respond(turn, request, method.IsKnown ? 405 : 501); // RFC 3261 §8.2.1
    }

    /// <summary>
    /// RFC 3261 §12.2.2: a dialog is known by its Call-ID and both tags. Before the answer the peer's tag stands in its INVITE.
    /// </summary>
    static bool Matches(Leg leg, SipRequest request)
    {
        var (callId, remoteTag) = leg.Dialog is { } dialog ? (dialog.Id.CallId, dialog.Id.RemoteTag)
            : leg.Received is { } received ? (received.Request.CallId, received.Request.From.Tag)
            : leg.Sent is { } sent ? (sent.Request.CallId, request.From.Tag)
            : (null, null);
        return request.CallId == callId && request.From.Tag == remoteTag;
    }

    /// <summary>
    /// A NAT gives a phone another port when it has been silent for too long, and a connection is made anew: it is reached only where it was heard last.
    /// By another transport comes what was too long for the first (RFC 3261 §18.1.1), which says nothing of where to reach it.
    /// </summary>
    static Leg Followed(Turn turn, Leg leg, SipFlow flow)
    {
        if (leg is not { Live: true, Dialog: { } dialog, Media: { } media } || leg.Target.Transport != flow.Transport || leg.Target.IsAt(flow)) return leg;
        var moved = leg.Target.MovedTo(flow);
        turn.Happen(new CallEvent.Changed(leg.Number, dialog, media, leg.HeldByPeer, null, leg.Timer, turn.Now) { Target = moved });
        return turn.Leg(leg.Number);
    }

    /// <summary>Of the peer's requests, the last that is journaled: after a restart it is all that is known.</summary>
    static uint LastSeq(Leg leg) => leg.Dialog?.RemoteSeq ?? leg.Received?.Request.CSeq.Number ?? 0;

    /// <summary>
    /// RFC 3262 §3. The stack knows which reliable response waits; after a restart only the journal does. A PRACK may answer the offer of that response, or make
    /// another where it had the answer (§5).
    /// </summary>
    static void Prack(Turn turn, Leg leg, CallCommand.Request request)
    {
        if (request.Message.Get<RAck>() is not { } rack) Refuse(turn, request, new(400, "Missing Or Bad RAck"));
        else if (leg.Received is not { } invite || rack.CSeq != invite.Request.CSeq || rack.Response == 0 || rack.Response > invite.RSeq)
            Refuse(turn, request, new(481, "Nothing Waits For This PRACK"));
        else if (!CallSdp.Offers(request.Message)) Respond(turn, request, 200);
        else if (!invite.Described) Respond(turn, request, 488); // nothing of ours is there to answer yet, nor is the first offer answered
        else Renegotiating.Pracked(turn, leg, invite, request);
    }

    static void Bye(Turn turn, Leg leg, CallCommand.Request request)
    {
        Respond(turn, request, 200);
        if (!leg.Live) return;
        // RFC 3261 §15.1.2: a BYE on an unanswered INVITE leaves that with a 487.
        if (leg is { Role: LegRole.Uas, Up: false }) Ending.GivenUp(turn, leg, request.Message);
        else if (turn.Call.IsLeftOver(leg)) Ending.Leg(turn, leg.Number, EndCause.Transferred, byPeer: true);
        else Ending.Leg(turn, leg.Number, EndCause.HungUp.With(request.Message, leg.Party), byPeer: true);
    }

    /// <summary>
    /// DTMF by INFO (application/dtmf-relay, application/dtmf) becomes RFC 4733 towards the other party; any other is passed on as it is, and its answer
    /// back. Where the exchange itself is the other party, it understands no other.
    /// </summary>
    static void Info(Turn turn, Leg leg, CallCommand.Request request)
    {
        if (DtmfInfo.TryRead(request.Message, out var digit))
        {
            Respond(turn, request, 200);
            turn.Do(new CallEffect.Note("dtmf", $"leg {leg.Number} pressed a key (INFO)"));
            if (PressOne.TryKey(turn, leg, digit) || InScheme.TryKey(turn, leg, digit)) return;
            if (FeatureKeys.Holds(turn.Call, leg, digit)) FeatureKeys.Pressed(turn, leg, digit);
            else if (turn.Call.JoinedLeg?.Number == leg.Number) Partners.TellKey(turn, digit);
            else if (turn.Call.PeerOf(leg.Number)?.Media is { Negotiated: true } peer)
                turn.Do(new CallEffect.Media(new MediaCommand.SendDtmf(new StreamId(peer.Stream), digit.ToString())));
        }
        else if (request.Message.Body.IsEmpty && !request.Message.Headers.Has(_infoPackage)) Respond(turn, request, 200);
        else if (!leg.Up || TalksWithSomebody(turn.Call, leg)) PassOn(turn, leg, request);
        else if (request.Message.Headers.Has(_infoPackage)) Respond(turn, request, 469, ("Recv-Info", "nil")); // RFC 6086 §4.2.2, §9
        else Refuse(turn, request, new(415, "Not A Key"));
    }

    static bool TalksWithSomebody(CallState call, Leg leg) => call.JoinedLeg?.Number == leg.Number || call.PeerOf(leg.Number) is { Up: true };

    /// <summary>What we have no part in goes to the other party, and its answer comes back.</summary>
    static void PassOn(Turn turn, Leg leg, CallCommand.Request request)
    {
        var passed = new PassedOn(request.Transaction, request.Message);
        if (turn.Call.JoinedLeg?.Number == leg.Number) Partners.Tell(turn, new CallCommand.PartnerRequest(turn.Call.Id, passed));
        else PassOn(turn, turn.Call.PeerOf(leg.Number), passed, leg.Party);
    }

    /// <summary>To a leg of this call, be the request this call's or its partner's, of whose sender nothing is known.</summary>
    public static void PassOn(Turn turn, Leg? to, PassedOn passed, Party? sender = null)
    {
        var request = passed.Request;
        turn.Do(to is { Up: true }
            ? new CallEffect.InDialog(
                to.Number, request.Method, [.. PassedHeaders.Of(request, sender, withBody: true)], request.Headers.First(SipHeaderName.ContentType), request.Body, passed)
            : new CallEffect.Respond(passed.Transaction, SipResponse.For(request, 480)));
    }

    /// <summary>With the phrase that helps, and what would have been taken.</summary>
    public static void Refuse(Turn turn, CallCommand.Request request, SipRefusal refusal)
    {
        var response = SipResponse.For(request.Message, refusal.Status, refusal.Reason);
        if (refusal.Status == 415) CallSip.SayWhatIsTaken(response, request.Message.Method);
        turn.Do(new CallEffect.Respond(request.Transaction, response));
    }

    public static void Respond(Turn turn, CallCommand.Request request, int status, params (string Name, string Value)[] headers)
    {
        var response = SipResponse.For(request.Message, status);
        if (status is 501 or 405 || request.Message.Method == SipMethod.Options) response.Headers.Add("Allow", CallSip.Allow);
        foreach (var (name, value) in headers) response.Headers.Add(name, value);
        turn.Do(new CallEffect.Respond(request.Transaction, response));
    }
}
