using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// The answer: the first to answer wins, the others are cancelled, the waiting party gets its 200, and both are connected.
/// </summary>
static class Answering
{
    public static void Answered(Turn turn, Leg leg, CallCommand.Response response)
    {
        var dialog = Dialog.AsClient(leg.Sent!.Request, response.Message);
        LegMedia? media = leg.Media;
        var understood = IsDescribedAlready(leg, response.Message) || CallSdp.TryTakeAnswer(leg.Media!, response.Message, out media, out _);
        var timer = SessionTimers.AsUac(turn.World.Options, response.Message);
        turn.Happen(new CallEvent.Answered(leg.Number, dialog, understood ? media! : leg.Media!, timer, turn.Now));
        turn.Do(new CallEffect.Ack(leg.Number, response.Transaction, dialog.Ack(leg.Sent.Request), turn.World.Sip.TargetOf(dialog, leg.Sent.Target, leg.Party)));
        if (!understood)
        {
            Ending.Drop(turn, leg.Number, EndCause.NoCodec);
            Dialling.LegFailed(turn, leg, EndCause.NoCodec, mayTryNextTrunk: false);
            return;
        }

        SessionTimers.Start(turn, leg.Number);
        if (leg.Phase is LegPhase.Inviting) CallerBySms.Tell(turn, leg); // answered before it said that it rings
        if (PressOne.TryAsk(turn, leg)) return;
        LetOthersGo(turn, leg);
        if (!DigitsAfterAnswer.TryBegin(turn, leg)) Connect(turn, leg, response.Message);
    }

    /// <summary>A 2xx need not repeat the answer that a reliable 1xx of the same dialog gave (RFC 3262 §5, RFC 6337 §2.1).</summary>
    static bool IsDescribedAlready(Leg leg, SipResponse success) =>
        leg is { EarlyMedia: true, Media.Negotiated: true } && success.Body.IsEmpty && leg.Dialog?.Id.RemoteTag == success.To.Tag;

    public static void LetOthersGo(Turn turn, Leg leg)
    {
        turn.Do(new CallEffect.CancelTimer(Dialling.RingTimer));
        Consultants.LetOthersGo(turn, leg.Line);
        var forks = turn.Call.Legs.Where(other => other.Live && other.Step == leg.Step && other.Number != leg.Number && other.Role is LegRole.Uac);
        foreach (var fork in forks.ToList()) Ending.Drop(turn, fork.Number, EndCause.Elsewhere);
    }

    /// <summary>The leg that answered talks with the one that waits; <paramref name="answer"/> is what it said.</summary>
    public static void Connect(Turn turn, Leg leg, SipResponse? answer = null)
    {
        if (IsFirst(turn.Call, leg))
        {
            Orders.FirstAnswered(turn, leg.Number);
            return;
        }

        Consultants.Took(turn, leg.Number);
        var waiting = turn.Leg(turn.Call.Waiting);
        if (waiting is { Role: LegRole.Uas, Up: false } && !Accept(turn, waiting, answer, leg.Party)) return;
        var transfer = turn.Call.Transfer;
        turn.Happen(new CallEvent.Bridged(waiting.Number, leg.Number, turn.Now));
        if (transfer is not null) Transferring.Succeeded(turn, transfer);
    }

    /// <summary>The first party of a call that the exchange itself began: nobody waits for it. Of several phones any may be it.</summary>
    static bool IsFirst(CallState call, Leg leg) => leg.Number == call.Waiting || (call.ThenCall is not null && call[call.Waiting] is not { Up: true });

    /// <summary>
    /// Our 200 to the caller's INVITE, with what <paramref name="answer"/> has for it. A late offer (RFC 3264 §4) is made here and answered in the ACK.
    /// </summary>
    public static bool Accept(Turn turn, Leg leg, SipResponse? answer = null, Party? answered = null)
    {
        var received = leg.Received!;
        var media = leg.Media!.LocalSdp is null ? CallSdp.Offer(leg.Media, received.Flow.Transport.IsSecure(), default) : leg.Media;
        var response = turn.World.Sip.DialogResponse(received, 200, "OK", leg.LocalTag);
        if ((leg.Dialog ?? Dialog.AsServer(received.Request, leg.LocalTag)) is not { } early)
        {
            Ending.Call(turn, new EndCause("bad-request", 400, "The INVITE has no usable Contact"));
            return false;
        }

        foreach (var (name, value) in answer is null ? [] : PassedHeaders.Of(answer, answered)) response.Headers.Add(name, value);
        if (!(Ringing.IsOffered(received) && media.Negotiated)) CallSdp.Put(response, media.LocalSdp!); // unless a PRACK has answered what we offered
        var timer = SessionTimers.AsUas(turn.World.Options, received.Request, response);
        turn.Happen(new CallEvent.Accepted(leg.Number, early with { Phase = DialogPhase.Confirmed }, media, received with { Answer = response }, timer, turn.Now));
        turn.Do(new CallEffect.Respond(received.Transaction, response));
        SessionTimers.Start(turn, leg.Number);
        return true;
    }

    public static void Acknowledged(Turn turn, CallCommand.Ack ack)
    {
        if (turn.Call[ack.Leg] is not { Received: { Answer: not null } received } leg) return;
        if (ack.Message.CSeq.Number != received.Request.CSeq.Number) return;

        var media = leg.Media!;
        if (!CallSdp.Offers(received.Request) && CallSdp.Offers(ack.Message) && !CallSdp.TryTakeAnswer(media, ack.Message, out media!, out _))
            media = null;
        if (!leg.Live)
        {
            if (Ending.IsByePutOff(leg)) turn.Do(new CallEffect.InDialog(leg.Number, SipMethod.Bye, LastWords.Of(leg.Cause!)));
            return;
        }

        if (media is null or { Negotiated: false })
        {
            turn.Happen(new CallEvent.Acknowledged(leg.Number, null, turn.Now));
            Ending.Leg(turn, leg.Number, EndCause.NoCodec with { Text = "The ACK carried no usable answer to our offer" });
            return;
        }

        turn.Happen(new CallEvent.Acknowledged(leg.Number, media, turn.Now));
    }

    /// <summary>
    /// A 2xx that crossed our CANCEL, a second fork's, or a repeated one after a restart: it
    /// is acknowledged, and hung up unless it is the leg's own.
    /// </summary>
    public static void TooLate(Turn turn, Leg leg, CallCommand.Response response)
    {
        if (leg.Dialog is { } own && own.Id.RemoteTag == response.Message.To.Tag && leg.Up)
        {
            turn.Do(new CallEffect.Ack(
                leg.Number, response.Transaction, own.Ack(response.Message.CSeq.Number),
                turn.World.Sip.TargetOf(own, SipTarget.To(response.Flow), leg.Party)));
            return;
        }

        turn.Do(new CallEffect.HangUpFork(leg.Number, response.Transaction, response.Message, SipTarget.To(response.Flow)));
    }
}
