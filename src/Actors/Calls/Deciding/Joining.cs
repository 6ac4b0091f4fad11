using System.Text;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Media.Messages;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

using CallId = TeleCube.Actors.Calls.Model.CallId;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Two calls become one conversation (attended transfer; INVITE with Replaces): each keeps the leg that it has, with its own dialog and bill, and the two
/// streams are connected. So nothing need be moved between calls, and each is recovered by itself. What joined calls tell each other is in
/// <see cref="Partners"/>.
/// </summary>
static class Joining
{
    public const string Timer = "join";
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>The kept party of an attended transfer takes the place of the transferor in the transferor's other call.</summary>
    public static void Ask(Turn turn, Transfer transfer)
    {
        if (!TryAsk(turn, transfer.Kept, transfer.Replaces!)) Transferring.Failed(turn, Unknown);
    }

    /// <summary>A new INVITE that names a leg of another call takes its place.</summary>
    public static void TakeOver(Turn turn, Leg caller, string replaces)
    {
        if (caller.Party is not Party.Phone || !TryAsk(turn, caller.Number, replaces)) Ending.Call(turn, Unknown);
    }

    /// <summary>Whether the question or its answer was lost in a restart is not in the journal; who has agreed already agrees again.</summary>
    public static void AskAgain(Turn turn)
    {
        if (turn.Call.Transfer is { } transfer && (transfer.Replaces is not null || transfer.Kept == Transfer.Partners)) Transferring.Pursue(turn, transfer);
        else if (TakesOver(turn.Call) is { } replaces) TakeOver(turn, turn.Leg(0), replaces);
        else if (turn.Call.Trying is RouteStep.TakeUp wanted) TakingUp.Ask(turn, wanted);
    }

    public static void Received(Turn turn, CallCommand command)
    {
        switch (command)
        {
            case CallCommand.Join join: Asked(turn, join); break;
            case CallCommand.JoinAccepted accepted: Accepted(turn, accepted); break;
            case CallCommand.JoinRefused(var status, var reason): Refused(turn, status, reason); break;
        }
    }

    /// <summary>An answer to our question to be joined may still come.</summary>
    public static bool Waits(CallState call) => call.Transfer?.Replaces is not null || TakesOver(call) is not null || TakingUp.IsUnderWay(call);

    static EndCause Unknown => new("no-such-call", 481, "Replaces names no call of this tenant");

    static string? TakesOver(CallState call) =>
        call is { Phase: CallPhase.Setup, Trying: null } && call[0] is { Role: LegRole.Uas, Live: true, Received: { } received }
        ? received.Request.Headers.First(SipHeaderName.Replaces)
        : null;

    /// <summary>RFC 3891 §3: the to-tag is ours, and it names tenant, call and leg. Another tenant's call, and our own, is as good as unknown.</summary>
    static bool TryAsk(Turn turn, int own, string text)
    {
        if (!Replaces.TryParse(Encoding.UTF8.GetBytes(text), out var replaces)) return false;
        // A lamp's document names the dialog as the watched phone has it (RFC 4235): a phone that takes it up from there has the tags the other way round.
        if (!turn.World.Sip.Tags.TryRead(replaces.ToTag, out _, out _, out _)) replaces = replaces with { ToTag = replaces.FromTag, FromTag = replaces.ToTag };
        if (!turn.World.Sip.Tags.TryRead(replaces.ToTag, out var tenant, out var call, out var leg)) return false;
        if (tenant != turn.Call.Tenant || call == turn.Call.Id) return false;

        var join = new CallCommand.Join(turn.Call.Id, own, leg, replaces, StreamOf(turn.Leg(own))) { By = (turn.Leg(own).Party as Party.Phone)?.Extension };
        turn.Do(new CallEffect.Tell(call.Entity(tenant), join));
        turn.Do(new CallEffect.StartTimer(Timer, AnswerWithin, new CallCommand.JoinRefused(500, "it does not answer")));
        return true;
    }

    static void Asked(Turn turn, CallCommand.Join join)
    {
        var call = turn.Call;
        if (call.Partner == new Partner(join.From, join.FromLeg) && call.JoinedLeg is { } already) Agree(turn, join, already); // asked again after a restart
        else if (join.Replaces is null) TakingUp.Asked(turn, join);
        else if (call.Transfer is not null && RingsFor(call, join.Replaced) is null) Refuse(turn, join, new SipRefusal(491, "it is being transferred"));
        else if (join.InPlaceOf is { } old) Exchange(turn, join, old);
        else if (Refusal(call, join) is { } refusal) Refuse(turn, join, refusal);
        else if (call.JoinedLeg?.Number == join.Replaced) Partners.Tell(turn, join with { InPlaceOf = call.Id });
        else if (call.PeerOf(join.Replaced) is { Up: true } kept) Replace(turn, join, kept, EndCause.Transferred);
        else if (RingsFor(call, join.Replaced) is { } waiting) PickUp(turn, join, waiting);
        else Refuse(turn, join, new SipRefusal(481, "it talks with nobody"));
    }

    static SipRefusal? Refusal(CallState call, CallCommand.Join join)
    {
        var leg = call[join.Replaced];
        return ReplacesMatch.Refusal(join.Replaces!, leg is { Live: false } ? leg.Dialog?.Terminate() : leg?.Dialog, weAreCaller: leg?.Role is LegRole.Uac);
    }

    /// <summary>
    /// The party for whom the phone of this leg rings, RFC 3891's call pick-up. Where the exchange itself calls somebody first (an order over the API, a call
    /// back) nobody waits until he has answered: there is nothing to pick up.
    /// </summary>
    public static Leg? RingsFor(CallState call, int leg) =>
        call.Trying is not null && call[leg] is { Live: true, Up: false, Role: LegRole.Uac } rings && rings.Step == call.Step && call.Waiting != leg
            && (call.PeerOf(call.Waiting) is null || call.Transfer?.Kept == call.Waiting)
            && call[call.Waiting] is { Live: true } waiting && (waiting.Up || waiting.Role is LegRole.Uas)
            ? waiting
            : null;

    public static void PickUp(Turn turn, CallCommand.Join join, Leg waiting)
    {
        if (waiting is { Role: LegRole.Uas, Up: false } && !Answering.Accept(turn, waiting))
        {
            Refuse(turn, join, new SipRefusal(481, "its caller cannot be answered"));
            return;
        }

        turn.Do(new CallEffect.CancelTimer(Dialling.RingTimer));
        if (InQueue.Of(turn.Call) is { } wait) InQueue.Leave(turn, wait, QueueExit.Answered, EndCause.Elsewhere, join.By);
        var transfer = turn.Call.Transfer;
        turn.Happen(new CallEvent.Joined(waiting.Number, new Partner(join.From, join.FromLeg), turn.Now) { By = join.By });
        if (transfer is not null) Transferring.Succeeded(turn, transfer); // by whomever: its party was taken
        foreach (var other in turn.Call.Legs.Where(leg => leg.Live && leg.Number != waiting.Number && leg.Number != transfer?.By).ToList())
            Ending.Drop(turn, other.Number, EndCause.Elsewhere);
        Agree(turn, join, turn.Leg(waiting.Number));
    }

    /// <summary>Everybody but the kept party is let go: the replaced one, and phones that ring.</summary>
    public static void Replace(Turn turn, CallCommand.Join join, Leg kept, EndCause cause)
    {
        turn.Happen(new CallEvent.Joined(kept.Number, new Partner(join.From, join.FromLeg), turn.Now));
        foreach (var other in turn.Call.Legs.Where(leg => leg.Live && leg.Number != kept.Number).ToList())
            Ending.Drop(turn, other.Number, cause, replacedBy: join.By);
        Agree(turn, join, kept);
    }

    /// <summary>Our partner's phone hands its place on: the partner leaves, the offered leg comes instead.</summary>
    static void Exchange(Turn turn, CallCommand.Join join, CallId old)
    {
        if (turn.Call.Partner?.Call != old || turn.Call.JoinedLeg is not { Up: true } kept)
        {
            Refuse(turn, join, new SipRefusal(481, "its party has left"));
            return;
        }

        turn.Do(new CallEffect.Tell(old.Entity(turn.Call.Tenant), new CallCommand.PartnerEnded(turn.Call.Id, EndCause.Transferred)));
        turn.Happen(new CallEvent.Joined(kept.Number, new Partner(join.From, join.FromLeg), turn.Now));
        Agree(turn, join, kept);
    }

    static void Agree(Turn turn, CallCommand.Join join, Leg kept)
    {
        turn.Do(new CallEffect.Tell(join.From.Entity(turn.Call.Tenant), new CallCommand.JoinAccepted(turn.Call.Id, kept.Number, StreamOf(kept))));
        Partners.TellMedia(turn);
    }

    public static void Refuse(Turn turn, CallCommand.Join join, SipRefusal refusal) =>
        turn.Do(new CallEffect.Tell(join.From.Entity(turn.Call.Tenant), new CallCommand.JoinRefused(refusal.Status, refusal.Reason)));

    static void Accepted(Turn turn, CallCommand.JoinAccepted accepted)
    {
        var partner = new Partner(accepted.By, accepted.Leg);
        if (turn.Call.Partner == partner) return; // said twice
        if (turn.Call.Transfer is { Replaces: not null } transfer && turn.Call[transfer.Kept] is { Up: true })
        {
            turn.Do(new CallEffect.CancelTimer(Timer));
            turn.Happen(new CallEvent.Joined(transfer.Kept, partner, turn.Now));
            Transferring.Succeeded(turn, transfer);
            Partners.TellMedia(turn);
        }
        else if (TakingUp.IsUnderWay(turn.Call))
        {
            TakingUp.Accepted(turn, partner);
        }
        else if (TakesOver(turn.Call) is not null && Answering.Accept(turn, turn.Leg(0)))
        {
            turn.Do(new CallEffect.CancelTimer(Timer));
            turn.Happen(new CallEvent.Joined(0, partner, turn.Now));
            Partners.TellMedia(turn);
        }
        else
        {
            turn.Do(new CallEffect.Tell(accepted.By.Entity(turn.Call.Tenant), new CallCommand.PartnerEnded(turn.Call.Id, EndCause.HungUp)));
        }
    }

    static void Refused(Turn turn, int status, string reason)
    {
        turn.Do(new CallEffect.CancelTimer(Timer));
        var cause = new EndCause("no-such-call", status, $"The other call cannot be joined: {reason}");
        if (turn.Call.Transfer?.Replaces is not null) Transferring.Failed(turn, cause);
        else if (TakingUp.IsUnderWay(turn.Call)) TakingUp.Refused(turn, reason);
        else if (TakesOver(turn.Call) is not null) Ending.Call(turn, cause);
    }

    static StreamId StreamOf(Leg leg) => new(leg.Media!.Stream);
}
