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

        if (OfferCheck.RefusalWithin(request.Message) is { } bad)
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

        if (offered) media = media with { SignalledFrom = ElsewhereThan(leg, request) };
        if (!offered && invite) media = CallSdp.Reoffer(leg.Media!);
        Settle(turn, leg, request, media, answers: offered || invite, invite);
    }

    static void Settle(Turn turn, Leg leg, CallCommand.Request request, LegMedia media, bool answers, bool invite)
    {
        if (DialogOf(leg)?.Accepts(request.Message) is not { } check)
        {
            Requests.Respond(turn, request, 481); // its INVITE had no Contact by which there could be a dialog
            return;
        }

        if (check.Refusal is { } refusal)
        {
            Requests.Refuse(turn, request, refusal);
            return;
        }

        var dialog = check.Dialog.RefreshedBy(request.Message);
        turn.World.Sip.Expect(dialog, leg.Party);
        var received = new ReceivedInvite { Request = request.Message, Flow = request.Flow, Transaction = request.Transaction };
        var response = turn.World.Sip.DialogResponse(received, 200, "OK", null);
        if (answers) CallSdp.Put(response, media.LocalSdp!);
        var refreshes = leg.Up && request.Message.Method != SipMethod.Prack; // before the answer there is no session that could expire
        var timer = refreshes ? SessionTimers.AsUas(turn.World.Options, request.Message, response) ?? leg.Timer : leg.Timer;
        var held = !CallSdp.Offers(request.Message) ? leg.HeldByPeer : CallSdp.IsHeld(media);
        turn.Happen(new CallEvent.Changed(leg.Number, dialog, media, held, invite ? received with { Answer = response } : null, timer, turn.Now));
        turn.Do(new CallEffect.Respond(request.Transaction, response));
        if (refreshes) SessionTimers.Start(turn, leg.Number);
        if (turn.Call.JoinedLeg?.Number == leg.Number && held != leg.HeldByPeer) Partners.TellMedia(turn);
    }

    /// <summary>The body of a PRACK: the answer to our reliable offer, else an offer, whose answer goes into its 200.</summary>
    public static void Pracked(Turn turn, Leg leg, ReceivedInvite invite, CallCommand.Request request)
    {
        if (DialogOf(leg)?.Accepts(request.Message) is not { Refusal: null } check) Requests.Respond(turn, request, 481);
        else if (!CallSdp.Offers(invite.Request) && !leg.Media!.Negotiated) Answered(turn, leg, check.Dialog, request);
        else if (CallSdp.TryAnswer(leg.Media!, request.Message, request.Flow.Transport.IsSecure(), out var media, out _)) Settle(turn, leg, request, media, answers: true, invite: false);
        else Requests.Respond(turn, request, 488);
    }

    static void Answered(Turn turn, Leg leg, Dialog dialog, CallCommand.Request request)
    {
        Requests.Respond(turn, request, 200);
        if (CallSdp.TryTakeAnswer(leg.Media!, request.Message, out var media, out var fault))
            turn.Happen(new CallEvent.Changed(leg.Number, dialog, media, CallSdp.IsHeld(media), null, leg.Timer, turn.Now));
        else
            Ending.Call(turn, EndCause.NoCodec with { Text = fault });
    }

    /// <summary>Before our answer the dialog is an early one, made by our provisional response (RFC 3261 §12.1).</summary>
    static Dialog? DialogOf(Leg leg) => leg.Dialog ?? (leg.Received is { } received ? Dialog.AsServer(received.Request, leg.LocalTag) : null);

    static string? ElsewhereThan(Leg leg, CallCommand.Request request) =>
        request.Flow.Remote.Address.Equals(leg.Target.Remote.Address) ? null : $"{request.Flow.Remote.Address}";

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
        _ when invite => OfferState.Theirs,
        { Received: { Answer: null, Described: false } } => OfferState.Theirs,
        { Received: { } open } when CallSdp.Offers(open.Request) => OfferState.Idle,
        { Received.Described: true, Media.Negotiated: true } => OfferState.Idle, // a PRACK answered it
        _ => OfferState.Ours,
    };
}
