using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// A phone takes up by a code what rings elsewhere, or is parked: its call asks the other for the party that waits there, and both are joined as by Replaces
/// (<see cref="Joining"/>). Who is asked says whether it still waits.
/// </summary>
static class TakingUp
{
    public static bool IsUnderWay(CallState call) => call.Trying is RouteStep.TakeUp;

    public static void Ask(Turn turn, RouteStep.TakeUp wanted)
    {
        var call = turn.Call;
        var own = turn.Leg(call.Waiting);
        var other = new CallId(wanted.Call);
        var by = own.Party is Party.Phone(var extension) ? extension : null;
        var join = new CallCommand.Join(call.Id, own.Number, wanted.Leg, null, new StreamId(own.Media!.Stream)) { By = by };
        turn.Do(new CallEffect.Tell(other.Entity(call.Tenant), join));
        turn.Do(new CallEffect.StartTimer(Joining.Timer, Joining.AnswerWithin, new CallCommand.JoinRefused(500, "it does not answer")));
    }

    /// <summary>Another call of the company asks for the party that is parked here, or for whom a phone rings.</summary>
    public static void Asked(Turn turn, CallCommand.Join join)
    {
        var call = turn.Call;
        if (call.Parking is { } parking && parking.Leg == join.Replaced && call[parking.Leg] is { Up: true } parked)
            Joining.Replace(turn, join, parked, EndCause.Elsewhere);
        else if (Joining.RingsFor(call, join.Replaced) is { } waiting) Joining.PickUp(turn, join, waiting);
        else Joining.Refuse(turn, join, new SipRefusal(481, "nobody waits there any more"));
    }

    public static void Accepted(Turn turn, Partner partner)
    {
        var own = turn.Leg(turn.Call.Waiting);
        if (!own.Up && !Answering.Accept(turn, own)) return;
        turn.Do(new CallEffect.CancelTimer(Joining.Timer));
        turn.Happen(new CallEvent.Joined(own.Number, partner, turn.Now));
        Partners.TellMedia(turn);
    }

    /// <summary>Somebody was faster.</summary>
    public static void Refused(Turn turn, string reason)
    {
        turn.Do(new CallEffect.Note("not-taken-up", reason));
        Announcing.Refuse(turn, DialPlan.PicksUp(turn.Call.Dialled) ? EndCause.NothingToPickUp : EndCause.NothingParked);
    }
}
