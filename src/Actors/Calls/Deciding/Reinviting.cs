using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// re-INVITEs of our own: to refresh a session, and to give a peer our new media after a take-over. Who takes UPDATE is refreshed by that, which touches no
/// session description (RFC 4028 §7.4).
/// </summary>
static class Reinviting
{
    static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);

    /// <summary>For a peer that is unwell and does not say how long: it shall not be hurried.</summary>
    static readonly TimeSpan _unwell = TimeSpan.FromSeconds(10);

    /// <summary>RFC 4028 §7.4: by UPDATE, else with the same session description, unchanged.</summary>
    public static void Refresh(Turn turn, int number)
    {
        // While an INVITE is open in either direction no other may begin (RFC 3261 §14.1).
        if (turn.Call[number] is not { Phase: LegPhase.Talking, Sent: null, Received: null } leg)
        {
            if (turn.Call[number] is { Up: true } busy) Later(turn, busy, asked: null);
            return;
        }

        if (leg.Dialog!.TakesUpdate) turn.Do(new CallEffect.InDialog(number, SipMethod.Update, [.. SessionTimers.AskAgain(turn.World.Options, leg)]));
        else Send(turn, leg, leg.Media!);
    }

    /// <summary>The final answer to our UPDATE. What is wrong with it a re-INVITE finds out, or puts right.</summary>
    public static void Updated(Turn turn, Leg leg, SipResponse response)
    {
        if (response.IsSuccess)
        {
            turn.Happen(new CallEvent.Refreshed(leg.Number, leg.Dialog!.RefreshedBy(response), SessionTimers.AsUac(turn.World.Options, response), turn.Now));
            SessionTimers.Start(turn, leg.Number);
        }
        else if (response.Status is 401 or 407 or 491) Later(turn, leg, asked: null); // a challenge may be answered meanwhile
        else if (response.Status is 500 or 503) Later(turn, leg, response.Get<RetryAfter>()?.Delay ?? _unwell);
        else Again(turn, leg.Number);
    }

    /// <summary>After glare, a time-out or a put-off, the same description is offered again under a new CSeq.</summary>
    public static void Again(Turn turn, int number)
    {
        if (turn.Call[number] is not { Up: true, Sent: null } leg) return;
        if (leg.Received is null) Send(turn, leg, leg.Media!);
        else Later(turn, leg, asked: null);
    }

    public static void Send(Turn turn, Leg leg, LegMedia media)
    {
        var sent = Invites.Again(turn, leg, media);
        turn.Happen(new CallEvent.Reinvited(leg.Number, sent, media, turn.Now));
        turn.Do(new CallEffect.Invite(leg.Number, sent));
    }

    public static void Answered(Turn turn, Leg leg, CallCommand.Response response)
    {
        var dialog = leg.Dialog!.RefreshedBy(response.Message);
        var target = turn.World.Sip.TargetOf(dialog, leg.Sent!.Target, leg.Party);
        turn.Do(new CallEffect.Ack(leg.Number, response.Transaction, dialog.Ack(leg.Sent!.Request), target));
        if (!CallSdp.TryTakeAnswer(leg.Media!, response.Message, out var media, out var fault))
        {
            turn.Happen(new CallEvent.ReinviteRefused(leg.Number, 488, turn.Now));
            Ending.Leg(turn, leg.Number, EndCause.NoCodec with { Text = fault });
            return;
        }

        turn.Happen(new CallEvent.Renegotiated(leg.Number, dialog, media!, SessionTimers.AsUac(turn.World.Options, response.Message), turn.Now));
        SessionTimers.Start(turn, leg.Number);
        if (turn.Call.JoinedLeg?.Number == leg.Number) Partners.TellMedia(turn);
    }

    /// <summary>
    /// 481 and 408, or no answer at all, mean that the peer has no such call (RFC 3261 §12.2.1.2), 404 and 410 that it is gone (RFC 5057);
    /// 491, 500 and 503 are tried again; anything else leaves the session as it was.
    /// </summary>
    public static void Refused(Turn turn, Leg leg, int status, RetryAfter? retryAfter)
    {
        turn.Happen(new CallEvent.ReinviteRefused(leg.Number, status, turn.Now));
        switch (status)
        {
            case 481 or 404 or 408 or 410:
                var cause = status == 481 ? EndCause.PeerGone : EndCause.PeerGone with { Text = $"The peer did not take the re-INVITE ({status})" };
                Ending.Leg(turn, leg.Number, cause, byPeer: status == 481);
                break;
            case 491:
                Later(turn, leg, asked: null);
                break;
            case 500 or 503:
                Later(turn, leg, retryAfter?.Delay ?? _unwell);
                break;
            default:
                SessionTimers.Start(turn, leg.Number);
                break;
        }
    }

    /// <summary>The way to the peer broke down: it is tried again.</summary>
    public static void WhenWell(Turn turn, Leg leg) => Later(turn, leg, _unwell);

    static void Later(Turn turn, Leg leg, TimeSpan? asked)
    {
        var wait = asked ?? OfferExchange.RetryAfterGlare(weOwnCallId: leg.Role is LegRole.Uac, turn.World.Sip.Dice());
        turn.Do(new CallEffect.StartTimer($"refresh-{leg.Number}", wait < _longestWait ? wait : _longestWait, new CallCommand.Reinvite(leg.Number)));
    }
}
