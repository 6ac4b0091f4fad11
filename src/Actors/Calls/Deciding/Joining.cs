using System.Text;
using TeleCube.Actors.Calls.Model;
using TeleCube.Media.Messages;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Two calls become one conversation (attended transfer; INVITE with Replaces): each keeps the leg that it has, with its own dialog and bill, and the two
/// streams are connected. So nothing need be moved between calls, and each is recovered by itself.
/// </summary>
static class Joining
{
    public static void Ask(Turn turn, Transfer transfer, string replaces)
    {
        if (!TryAsk(turn, transfer.Kept, replaces))
            Transferring.Failed(turn, new EndCause("no-such-call", 481, "Replaces names no call of this tenant"));
    }

    /// <summary>A new INVITE that names a leg of another call takes its place.</summary>
    public static bool TryReplace(Turn turn, Leg caller, string replaces)
    {
        if (caller.Party is not Party.Phone || !TryAsk(turn, caller.Number, replaces))
            Ending.Call(turn, new EndCause("no-such-call", 481, "Replaces names no call of this tenant"));
        return true;
    }

    public static void Received(Turn turn, CallCommand command)
    {
        switch (command)
        {
            case CallCommand.Join join: Asked(turn, join); break;
            case CallCommand.JoinAccepted accepted: Accepted(turn, accepted); break;
            case CallCommand.JoinRefused refused: Refused(turn, refused); break;
            case CallCommand.PartnerEnded(var from, var cause) when turn.Call.Partner?.Call == from: Ending.Call(turn, cause); break;
        }
    }

    public static void TellPartner(Turn turn, int leg)
    {
        if (turn.Call.Partner is { } partner && turn.Call[leg] is { Live: true } own)
            turn.Do(new CallEffect.Tell(
                partner.Call.Entity(turn.Call.Tenant), new CallCommand.PartnerMedia(turn.Call.Id, StreamOf(turn, leg), own.HeldByPeer)));
    }

    static void Asked(Turn turn, CallCommand.Join join)
    {
        var asker = join.From.Entity(turn.Call.Tenant);
        if (turn.Call[join.Replaced] is { } named && RefusalOf(join.Replaces, named) is { } refusal)
        {
            turn.Do(new CallEffect.Tell(asker, new CallCommand.JoinRefused(turn.Call.Id, refusal.Reason, refusal.Status)));
            return;
        }

        if (turn.Call[join.Replaced] is not { Up: true } replaced || turn.Call.PeerOf(join.Replaced) is not { Up: true } kept || turn.Call.Transfer is not null)
        {
            turn.Do(new CallEffect.Tell(asker, new CallCommand.JoinRefused(turn.Call.Id, "not-talking")));
            return;
        }

        turn.Happen(new CallEvent.Joined(kept.Number, new Partner(join.From, join.FromLeg), turn.Now));
        Ending.Drop(turn, replaced.Number, EndCause.Transferred);
        turn.Do(new CallEffect.Tell(asker, new CallCommand.JoinAccepted(turn.Call.Id, kept.Number, StreamOf(turn, kept.Number))));
        TellPartner(turn, kept.Number);
    }

    static void Accepted(Turn turn, CallCommand.JoinAccepted accepted)
    {
        var partner = new Partner(accepted.By, accepted.Leg);
        if (turn.Call.Transfer is { } transfer)
        {
            turn.Happen(new CallEvent.Joined(transfer.Kept, partner, turn.Now));
            Transferring.Succeeded(turn, transfer);
            TellPartner(turn, transfer.Kept);
        }
        else if (turn.Call is { Phase: CallPhase.Setup } && turn.Call[0] is { Live: true, Up: false } caller && Answering.Accept(turn, caller))
        {
            turn.Happen(new CallEvent.Joined(caller.Number, partner, turn.Now));
            TellPartner(turn, caller.Number);
        }
        else
        {
            turn.Do(new CallEffect.Tell(accepted.By.Entity(turn.Call.Tenant), new CallCommand.PartnerEnded(turn.Call.Id, EndCause.HungUp)));
        }
    }

    static void Refused(Turn turn, CallCommand.JoinRefused refused)
    {
        var cause = new EndCause("no-such-call", refused.Status, $"The other call cannot be joined: {refused.Reason}");
        if (turn.Call.Transfer is not null) Transferring.Failed(turn, cause);
        else if (turn.Call.Phase is CallPhase.Setup) Ending.Call(turn, cause);
    }

    /// <summary>RFC 3891 §3: the to-tag is ours, so it names call and leg; whether the rest fits, that call knows.</summary>
    static bool TryAsk(Turn turn, int offered, string text)
    {
        if (!Replaces.TryParse(Encoding.UTF8.GetBytes(text), out var replaces)
            || !turn.World.Sip.Tags.TryRead(replaces.ToTag, out var tenant, out var call, out var leg)
            || tenant != turn.Call.Tenant
            || call == turn.Call.Id) return false;

        turn.Do(new CallEffect.Tell(call.Entity(tenant), new CallCommand.Join(turn.Call.Id, offered, leg, replaces, StreamOf(turn, offered))));
        return true;
    }

    static SipRefusal? RefusalOf(Replaces replaces, Leg leg) =>
        ReplacesMatch.Refusal(replaces, leg.Live ? leg.Dialog : leg.Dialog?.Terminate(), weAreCaller: leg.Role is LegRole.Uac);

    static StreamId StreamOf(Turn turn, int leg) => new(turn.Leg(leg).Media!.Stream);
}
