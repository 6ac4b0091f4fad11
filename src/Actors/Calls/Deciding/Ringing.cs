using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>Provisional responses: ringing and early media of the far end, told to the caller.</summary>
static class Ringing
{
    public static void Progressed(Turn turn, Leg leg, SipResponse response)
    {
        var dialog = leg.Dialog ?? (response.To.Tag is not null ? Dialog.AsClient(leg.Sent!.Request, response) : null);
        var early = EarlyMedia(leg, response);
        var rack = ReliableProvisional.AckFor(response);
        var rings = response.Status is 180 or 183 || early is not null;
        var news = (leg.Phase is LegPhase.Inviting && rings)
            || (early is not null && !leg.EarlyMedia)
            || (leg.Dialog is null && dialog is not null && rack is not null);
        turn.World.Sip.Expect(dialog, leg.Party);
        if (news) turn.Happen(new CallEvent.Rang(leg.Number, dialog, early, early is not null, turn.Now));
        if (rings && leg.Phase is LegPhase.Inviting) CallerBySms.Tell(turn, leg);
        if (rack is not null) turn.Do(new CallEffect.InDialog(leg.Number, SipMethod.Prack, ("RAck", rack.ToString())) { Fork = ForkOf(leg, response) });
        if (news && rings && leg.Step == turn.Call.Step) Alert(turn, leg, response);
    }

    /// <summary>Each early dialog has its own reliable responses (RFC 3262 §4); the leg keeps the first.</summary>
    static Dialog? ForkOf(Leg leg, SipResponse response) =>
        leg.Dialog is { } first && response.To.Tag != first.RemoteTag ? Dialog.AsClient(leg.Sent!.Request, response) : null;

    /// <summary>Tells the waiting caller; twice at most, when early media comes after plain ringing.</summary>
    static void Alert(Turn turn, Leg ringing, SipResponse heard)
    {
        if (turn.Call[turn.Call.Waiting] is not { Role: LegRole.Uas, Live: true, Up: false, Received: not null } waiting) return;

        var sends = turn.Call.Legs.Where(leg => leg is { Live: true, EarlyMedia: true } && leg.Step == turn.Call.Step).Take(2).Count() == 1;
        var media = sends && waiting.Media!.Negotiated && !IsOffered(waiting.Received) ? waiting.Media : null;
        var status = media is null ? 180 : 183;
        if (waiting.Phase is LegPhase.Ringing && status == 180) return;
        Tell(turn, waiting, status, media, PassedHeaders.Of(heard, ringing.Party));
    }

    /// <summary>Our provisional response to a caller, with the session description where there is something to hear.</summary>
    public static void Tell(Turn turn, Leg waiting, int status, LegMedia? media, IEnumerable<(string Name, string Value)> headers)
    {
        var received = waiting.Received!;
        var reliable = received.Request.Requires(OptionTags.ReliableProvisional);
        var rseq = reliable ? received.RSeq + 1 : 0;
        // RFC 3261 §13.2.1: to an INVITE without an offer the first reliable response makes ours, and the PRACK answers it.
        var offer = reliable && !CallSdp.Offers(received.Request) && !received.Described ? CallSdp.Offer(waiting.Media!, received.Flow.Transport.IsSecure(), default) : null;
        media = offer ?? media;
        turn.Happen(new CallEvent.Alerted(waiting.Number, status, rseq, offer, turn.Now) { Described = reliable && media is not null });
        var response = turn.World.Sip.DialogResponse(received, status, null, waiting.LocalTag);
        foreach (var (name, value) in headers) response.Headers.Add(name, value);
        if (reliable) ReliableProvisional.Mark(response, rseq);
        if (media?.LocalSdp is { } sdp) CallSdp.Put(response, sdp);
        turn.Do(new CallEffect.Respond(received.Transaction, response));
    }

    /// <summary>Our own offer went out with a reliable response.</summary>
    public static bool IsOffered(ReceivedInvite invite) => invite.Described && !CallSdp.Offers(invite.Request);

    /// <summary>
    /// A session description in a provisional response opens early media (RFC 3960); one in an unreliable 180 counts as well.
    /// </summary>
    static LegMedia? EarlyMedia(Leg leg, SipResponse response) =>
        CallSdp.Offers(response) && leg.Media is { } media && CallSdp.TryTakeAnswer(media, response, out var early, out _) ? early : null;
}
