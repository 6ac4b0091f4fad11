using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>re-INVITE and UPDATE of the peer (RFC 3261 §14.2, RFC 3311): hold, resume, another codec or address, a session refresh. Settled per leg; the other party only hears music or voice.</summary>
static class Renegotiating
{
    public static void Received(Turn turn, Leg leg, CallCommand.Request request)
    {
        var invite = request.Message.Method == SipMethod.Invite;
        if (IsGlare(leg, request, out var refusal))
        {
            if (refusal == 500) Requests.Respond(turn, request, 500, ("Retry-After", "2"));
            else Requests.Respond(turn, request, refusal);
            return;
        }

        if (SessionTimers.TooShort(turn.World.Options, request.Message) is { } least)
        {
            Requests.Respond(turn, request, 422, ("Min-SE", least));
            return;
        }

        var media = leg.Media!;
        var offered = CallSdp.Offers(request.Message);
        if (offered && !CallSdp.TryAnswer(media, request.Message, media.CryptoSuite is not null, out media!, out var fault))
        {
            Requests.Respond(turn, request, 488, ("Warning", $"304 {turn.World.Sip.Host} \"{fault}\""));
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
            Requests.Respond(turn, request, refusal.Status);
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
        if (turn.Call.Partner is { } partner && partner.Leg >= 0 && held != leg.HeldByPeer) Joining.TellPartner(turn, leg.Number);
    }

    /// <summary>RFC 3261 §14.2: their INVITE while ours is open is glare (491); a second one before the first is settled is 500. RFC 3311 §5.2 says the same of UPDATE.</summary>
    static bool IsGlare(Leg leg, CallCommand.Request request, out int status)
    {
        status = leg.Sent is not null ? 491 : leg.Received is not null && request.Message.Method == SipMethod.Invite ? 500 : 0;
        return status != 0 && (request.Message.Method == SipMethod.Invite || !request.Message.Body.IsEmpty);
    }
}
