using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What the answers to our requests mean.</summary>
static class Responses
{
    public static void Received(Turn turn, CallCommand.Response response)
    {
        if (turn.Call[response.Leg] is not { } leg) return;
        var cseq = response.Message.CSeq;
        if (cseq.Method != SipMethod.Invite)
        {
            OfOther(turn, leg, cseq.Method, response.Message);
            return;
        }

        if (leg.ChannelOf is not null && !leg.Up) turn.Do(new CallEffect.CancelTimer(TrunkDialling.Timer(leg.Number))); // it is there
        switch (response.Message.Status)
        {
            case 100: break;
            case < 200 when !leg.Up && leg.Live: Ringing.Progressed(turn, leg, response.Message); break;
            case < 200: break;
            case < 300: Succeeded(turn, leg, response); break;
            default: Refused(turn, leg, response.Message); break;
        }
    }

    /// <summary>No final answer within 64*T1, or the transport gave up: RFC 3261 §8.1.3.1 reads them as 408 and 503.</summary>
    public static void Missing(Turn turn, CallCommand.Unanswered unanswered)
    {
        if (turn.Call[unanswered.Leg] is not { } leg) return;
        var status = unanswered.Why is TeleCube.Sip.Transactions.TransactionFailure.Timeout ? 408 : 503;
        if (unanswered.Method == SipMethod.Invite && leg is { Live: true, Sent: { } sent } && sent.Seed == unanswered.Seed)
        {
            if (leg.Up) Reinviting.Refused(turn, leg, 408, retryAfter: null); // no response at all ends a dialog, a 503 does not (§12.2.1.2)
            else
                Failed(turn, leg, NoAnswer(leg, status), failover: true);
        }
        else if (leg is { Live: true, Up: true } && unanswered.Method != SipMethod.Bye && unanswered.Method != SipMethod.Notify && status == 408)
        {
            Ending.Leg(turn, leg.Number, EndCause.PeerGone with { Text = $"No answer to {unanswered.Method} (RFC 3261 §12.2.1.2)" });
        }
        else if (leg is { Live: true, Up: true } && unanswered.Method == SipMethod.Update) Reinviting.WhenWell(turn, leg);
    }

    static EndCause NoAnswer(Leg leg, int status) => leg.ChannelOf is { } trunk && status == 408
        ? EndCause.TrunkSilent with { Text = $"{trunk} did not answer at all" }
        : EndCause.Unreachable with { Status = status == 408 ? 480 : 503, Text = $"No answer from the peer ({status})" };

    static void Succeeded(Turn turn, Leg leg, CallCommand.Response response)
    {
        if (leg.Sent is { } sent && sent.Request.CSeq == response.Message.CSeq && leg is { Live: true, Up: true }) Reinviting.Answered(turn, leg, response);
        else if (leg is { Live: true, Up: false, Sent: not null }) Answering.Answered(turn, leg, response);
        else Answering.TooLate(turn, leg, response);
    }

    static void Refused(Turn turn, Leg leg, SipResponse response)
    {
        if (leg.Sent is not { } sent || sent.Request.CSeq != response.CSeq) return;
        if (!leg.Live) return; // the 487 after our CANCEL
        if (OwnIdentity.TryShow(turn, leg, response)) return;
        if (Invites.TryRepeat(turn, leg, response) is { } again)
        {
            turn.Happen(leg.Up
                ? new CallEvent.Reinvited(leg.Number, again.Sent!, again.Media!, turn.Now)
                : new CallEvent.LegDialled(again with { Phase = LegPhase.Inviting, Dialog = null }, turn.Now));
            turn.Do(new CallEffect.Invite(leg.Number, again.Sent!));
            return;
        }

        if (leg.Up)
        {
            Reinviting.Refused(turn, leg, response.Status, response.Get<RetryAfter>());
            return;
        }

        if (Redirecting.TryFollow(turn, leg, response)) return;
        var failover = turn.Call.Trying is RouteStep.Dial { Emergency: true } // one carrier's refusal is not the last word (PRODUCT §11)
            || (leg.ChannelOf is { } trunk
                && turn.World.Carriers.Find(trunk) is { } carrier
                && carrier.Config.Routing.FailoverCodes.Contains(response.Status));
        var cause = EndCause.Of(response.Status, ShownText.Of(response.Reason)).With(response, leg.Party);
        // it is the caller's body that was not taken
        if (response.Status == 415 && PassedBodies.Besides(sent.Request).Count > 0) cause = cause with { Status = 415 };
        Failed(turn, leg, response.Status < 400 && leg.Party is Party.Phone ? cause with { Code = "declined" } : cause, failover);
    }

    static void Failed(Turn turn, Leg leg, EndCause cause, bool failover)
    {
        Ending.Drop(turn, leg.Number, cause, byPeer: true);
        if (turn.Call.Phase is not CallPhase.Over) Dialling.LegFailed(turn, leg, cause, failover);
    }

    /// <summary>481 or 408 to a request within a dialog ends the dialog (RFC 3261 §12.2.1.2).</summary>
    static void OfOther(Turn turn, Leg leg, SipMethod method, SipResponse response)
    {
        if (leg is { Live: true, Up: true } && response.Status is 481 or 408 && method != SipMethod.Bye && method != SipMethod.Notify)
            Ending.Leg(turn, leg.Number, EndCause.PeerGone);
        else if (leg is { Live: true, Up: true, Dialog: not null } && method == SipMethod.Update && response.IsFinal)
            Reinviting.Updated(turn, leg, response);
    }
}
