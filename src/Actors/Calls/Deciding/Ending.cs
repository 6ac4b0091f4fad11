using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// How legs and calls end: each far end is told in the way that its state asks for, and the CDR goes into the journal with the last event.
/// </summary>
static class Ending
{
    /// <summary>RFC 6432: Q.850's cause 1.</summary>
    public const string Unassigned = "Q.850;cause=1;text=\"Unallocated number\"";

    /// <summary>
    /// Ends a leg of which the call can be without: a fork that lost, a transferor. <paramref name="byPeer"/>: it hung up by itself;
    /// <paramref name="replacedBy"/> talks in its place.
    /// </summary>
    public static void Drop(Turn turn, int number, EndCause cause, bool byPeer = false, string? replacedBy = null)
    {
        var leg = turn.Leg(number);
        if (!leg.Live) return;

        turn.Happen(new CallEvent.LegEnded(number, cause, byPeer, turn.Now));
        if (!byPeer) Farewell(turn, leg, cause);
        turn.Do(new CallEffect.CancelTimer($"refresh-{number}"));
        turn.Do(new CallEffect.CancelTimer($"expire-{number}"));
        if (leg.ChannelOf is { } trunk && trunk != OnNet.TrunkId)
            turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), new TrunkMessage.ReleaseChannel(leg.ChannelKey!)));
        if (leg is { TookCall: true, Seat: { } seat } && !CallBacks.IsInVain(turn.Call)) // that is said with why
        {
            var queue = ExtensionNumber.Parse(seat.Queue);
            QueueNews.Tell(turn, new DistributorCommand.TalkEnded(seat.Ticket, queue, seat.Consultant, turn.Now) { TransferredTo = leg.TransfersTo ?? replacedBy });
        }
    }

    /// <summary>Ends a leg, and the call if it cannot go on without it.</summary>
    public static void Leg(Turn turn, int number, EndCause cause, bool byPeer = false)
    {
        if (turn.Call[number] is not { Live: true } leg) return;
        if (leg.IsPreparing) cause = DigitsAfterAnswer.HungUp; // who waits for it was never answered
        Drop(turn, number, cause, byPeer);

        if (turn.Call.Phase is CallPhase.Over) return;
        if (turn.Call.Transfer is { } transfer && transfer.By == number)
        {
            if (transfer.Kept == Transfer.Partners) Call(turn, EndCause.Transferred);
            return; // a blind transferor may leave at once
        }

        if (leg.IsPreparing) Dialling.LegFailed(turn, leg, cause, mayTryNextTrunk: false);
        else if (leg.Up && (turn.Call.Talk?.Other(number) is not null || turn.Call.Waiting == number)) Call(turn, cause);
        else if (!leg.Up && leg.Role is LegRole.Uac) Dialling.LegFailed(turn, leg, cause, mayTryNextTrunk: false);
        else if (leg.Number == turn.Call.Waiting) Call(turn, cause);
        else if (turn.Call.Legs.All(other => !other.Live)) Call(turn, cause);
    }

    /// <summary>Ends everything. The CDR is committed with the last event.</summary>
    public static void Call(Turn turn, EndCause cause)
    {
        if (turn.Call.Phase is CallPhase.Over) return;
        InQueue.CallEnds(turn, cause);
        CallBacks.CallEnds(turn, cause);
        foreach (var leg in turn.Call.Legs.Where(leg => leg.Live).ToList())
            Drop(turn, leg.Number, cause);

        Partners.TellEnd(turn, cause);
        turn.Happen(new CallEvent.Ended(cause, CdrBuilder.Build(turn.Call, cause, turn.Now), turn.Now));
    }

    public static void Cancelled(Turn turn, CallCommand.Cancel cancel)
    {
        // None is left when the CANCEL crossed our 2xx.
        if (turn.Call.Legs.FirstOrDefault(leg => leg.Received?.Transaction == cancel.Invite && leg is { Live: true, Up: false }) is { } caller)
            GivenUp(turn, caller, cancel.Message);
    }

    /// <summary>
    /// The caller has given up; what it said is for those who ring, not for itself. Who hangs up while it hears why the call is refused was refused.
    /// </summary>
    public static void GivenUp(Turn turn, Leg caller, SipRequest said)
    {
        Drop(turn, caller.Number, EndCause.Cancelled);
        Call(turn, turn.Call.Announcement?.Cause ?? EndCause.Cancelled.With(said, caller.Party));
    }

    /// <summary>
    /// RFC 3261 §13.3.1.4: a 2xx without ACK ends the session with a BYE; RFC 3262 §3: a 1xx without PRACK rejects the INVITE with a 5xx.
    /// </summary>
    public static void NotAcknowledged(Turn turn, CallCommand.NotAcknowledged missing)
    {
        if (turn.Call.Legs.FirstOrDefault(leg => leg.Received?.Transaction == missing.Invite) is not { } leg) return;
        if (leg.Live) Leg(turn, leg.Number, leg.Up ? EndCause.NotAcknowledged : EndCause.NotAcknowledged with { Status = 504 });
        if (IsByePutOff(leg)) turn.Do(new CallEffect.InDialog(leg.Number, SipMethod.Bye, Reason(EndCause.NotAcknowledged)));
    }

    /// <summary>
    /// RFC 3261 §15: of a leg that ends before the first ACK the BYE waits for that. While a re-INVITE is open it does not, the dialog being long confirmed.
    /// </summary>
    public static bool IsByePutOff(Leg leg) =>
        leg is { Dialog: not null, AnsweredAt: not null, EndedByPeer: false, Received: { Answer: not null } first } && first.Request.To.Tag is null;

    /// <summary>The message that ends a leg: a final response, a CANCEL, or a BYE.</summary>
    public static void Farewell(Turn turn, Leg leg, EndCause cause)
    {
        if (leg.Up)
        {
            // RFC 3261 §15: no BYE before the ACK of our 2xx; the ACK, or its absence, sends it.
            if (leg.Received?.Answer is null || leg.Phase is LegPhase.Talking) turn.Do(new CallEffect.InDialog(leg.Number, SipMethod.Bye, LastWords.Of(cause)));
        }
        else if (leg.Sent is { } sent)
        {
            turn.Do(new CallEffect.CancelInvite(leg.Number, sent, LastWords.Of(cause)));
        }
        else if (leg.Received is { } received)
        {
            Refuse(turn, leg, received, cause);
        }
    }

    /// <summary>The final response to an INVITE that comes to nothing.</summary>
    public static void Refuse(Turn turn, Leg leg, ReceivedInvite received, EndCause cause)
    {
        var status = cause.Status is >= 300 and < 700 ? cause.Status : 480;
        var response = SipResponse.For(received.Request, status, null, leg.LocalTag);
        foreach (var (name, value) in LastWords.Of(cause)) response.Headers.Add(name, value);
        if (status == 415) response.Headers.Add(SipHeaderName.Accept, SessionDescription.ContentType); // of the peer, which took nothing else
        if (cause == EndCause.NoSuchNumber) response.Headers.Add("Reason", Unassigned); // telephony's own word, which a carrier passes on
        turn.Do(new CallEffect.Respond(received.Transaction, response));
    }

    /// <summary>RFC 3326.</summary>
    public static (string Name, string Value) Reason(EndCause cause) => ("Reason", $"SIP;cause={cause.Status};text=\"{cause.Text.Replace('"', '\'')}\"");
}
