using System.Text;
using TeleCube.Actors.Calls.Model;
using TeleCube.Media.Messages;
using TeleCube.Sip.Headers;

using CallId = TeleCube.Actors.Calls.Model.CallId;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Two calls become one conversation (attended transfer; INVITE with Replaces): each keeps the leg that it has, with its own dialog and bill, and the two
/// streams are connected. So nothing need be moved between calls, and each is recovered by itself.
/// </summary>
static class Joining
{
    public static void Ask(Turn turn, Transfer transfer, string replaces)
    {
        if (Other(turn, replaces) is not var (call, leg))
        {
            Transferring.Failed(turn, new EndCause("no-such-call", 481, "Replaces names no call of this tenant"));
            return;
        }

        turn.Do(new CallEffect.Tell(call.Entity(turn.Call.Tenant), new CallCommand.Join(turn.Call.Id, transfer.Kept, leg, StreamOf(turn, transfer.Kept))));
    }

    /// <summary>A new INVITE that names a leg of another call takes its place.</summary>
    public static bool TryReplace(Turn turn, Leg caller, string replaces)
    {
        if (caller.Party is not Party.Phone || Other(turn, replaces) is not var (call, leg))
        {
            Ending.Call(turn, new EndCause("no-such-call", 481, "Replaces names no call of this tenant"));
            return true;
        }

        turn.Do(new CallEffect.Tell(call.Entity(turn.Call.Tenant), new CallCommand.Join(turn.Call.Id, caller.Number, leg, StreamOf(turn, caller.Number))));
        return true;
    }

    public static void Received(Turn turn, CallCommand command)
    {
        switch (command)
        {
            case CallCommand.Join join: Asked(turn, join); break;
            case CallCommand.JoinAccepted accepted: Accepted(turn, accepted); break;
            case CallCommand.JoinRefused(_, var reason): Refused(turn, reason); break;
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

    static void Refused(Turn turn, string reason)
    {
        var cause = new EndCause("no-such-call", 481, $"The other call cannot be joined: {reason}");
        if (turn.Call.Transfer is not null) Transferring.Failed(turn, cause);
        else if (turn.Call.Phase is CallPhase.Setup) Ending.Call(turn, cause);
    }

    /// <summary>RFC 3891 §3: of the two tags one is ours, and it names call and leg.</summary>
    static (CallId Call, int Leg)? Other(Turn turn, string text)
    {
        if (!Replaces.TryParse(Encoding.UTF8.GetBytes(text), out var replaces)) return null;
        foreach (var tag in new[] { replaces.ToTag, replaces.FromTag })
            if (turn.World.Sip.Tags.TryRead(tag, out var tenant, out var call, out var leg) && tenant == turn.Call.Tenant && call != turn.Call.Id)
                return (call, leg);
        return null;
    }

    static StreamId StreamOf(Turn turn, int leg) => new(turn.Leg(leg).Media!.Stream);
}
