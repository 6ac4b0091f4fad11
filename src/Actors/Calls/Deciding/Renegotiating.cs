using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// re-INVITE and UPDATE of the peer (RFC 3261 §14.2, RFC 3311): hold, resume, another codec or address, a
/// session refresh. Settled per leg; the other party only hears music or voice.
/// </summary>
static class Renegotiating
{
    public static void Received(Turn turn, Leg leg, CallCommand.Request request)
    {
        var invite = request.Message.Method == SipMethod.Invite;
        if ((invite || !request.Message.Body.IsEmpty) && OfferExchange.RefusalOfTheirs(OffersOf(leg, invite)) is { } glare)
        {
            PutOff(turn, request, glare);
            return;
        }

        if (OfferCheck.Refusal(request.Message) is { } bad)
        {
            Requests.Refuse(turn, request, bad);
            return;
        }

        if (SessionTimers.TooShort(turn.World.Options, request.Message) is { } least)
        {
            Requests.Respond(turn, request, 422, ("Min-SE", least.ToString()));
            return;
        }

        var media = leg.Media!;
        var offered = CallSdp.Offers(request.Message);
        if (offered && !CallSdp.TryAnswer(media, request.Message, request.Flow.Transport.IsSecure(), out media!, out var fault))
        {
            Requests.Respond(turn, request, 488, ("Warning", $"304 {turn.World.Sip.HostInUri} \"{fault}\""));
            return;
        }

        if (!offered && invite) media = CallSdp.Reoffer(leg.Media!);
        Settle(turn, leg, request, media, answers: offered || invite, invite);
    }

    static void Settle(Turn turn, Leg leg, CallCommand.Request request, LegMedia media, bool answers, bool invite)
    {
        if (leg.Dialog?.Accepts(request.Message) is not { } check)
        {
            Requests.Respond(turn, request, 491); // an UPDATE in the early dialog of an INVITE that we have not answered
            return;
        }

        if (check.Refusal is { } refusal)
        {
            Requests.Refuse(turn, request, refusal);
            return;
        }

        var dialog = check.Dialog.RefreshedBy(request.Message);

        var received = new ReceivedInvite { Request = request.Message, Flow = request.Flow, Transaction = request.Transaction };
        var response = turn.World.Sip.DialogResponse(received, 200, "OK", null);
        if (answers) CallSdp.Put(response, media.LocalSdp!);
        var timer = SessionTimers.AsUas(turn.World.Options, request.Message, response) ?? leg.Timer;
        var held = !CallSdp.Offers(request.Message) ? leg.HeldByPeer : CallSdp.IsHeld(media);
        turn.Happen(new CallEvent.Changed(leg.Number, dialog, media, held, invite ? received with { Answer = response } : null, timer, turn.Now));
        turn.Do(new CallEffect.Respond(request.Transaction, response));
        SessionTimers.Start(turn, leg.Number);
        if (turn.Call.JoinedLeg?.Number == leg.Number && held != leg.HeldByPeer) Partners.TellMedia(turn);
    }

    static void PutOff(Turn turn, CallCommand.Request request, SipRefusal glare)
    {
        if (glare.Status != 500) Requests.Respond(turn, request, glare.Status);
        else Requests.Respond(turn, request, 500, ("Retry-After", new RetryAfter(OfferExchange.RetryAfterRefusal(turn.World.Sip.Dice())).ToString()));
    }

    /// <summary>
    /// For another INVITE the whole transaction counts (RFC 3261 §14.2), for an UPDATE
    /// only whether an offer waits for its answer (RFC 3311 §5.2).
    /// </summary>
    static OfferState OffersOf(Leg leg, bool invite) => leg switch
    {
        { Up: false, Sent: not null, EarlyMedia: true } when !invite => OfferState.Idle, // ours was answered by a reliable 1xx (RFC 3311 §5.1)
        { Sent: not null } => OfferState.Ours,
        { Received: null } => OfferState.Idle,
        { Received.Answer: not null } when !invite => CallSdp.Offers(leg.Received.Request) ? OfferState.Idle : OfferState.Ours,
        _ => OfferState.Theirs,
    };
}
