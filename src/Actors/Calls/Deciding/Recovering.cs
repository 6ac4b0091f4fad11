using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Carrying a call on after a restart, on this node or another (ARCHITECTURE §3): first what was under way is completed (2xx repeated, INVITEs taken up by
/// their old branches), then every leg that is up gets new media by a re-INVITE; CSeq and SDP version jump, since keep-alives are not in the journal.
/// </summary>
static class Recovering
{
    const uint Jump = 1000;

    public static Turn Resume(CallState call, CallWorld world, DateTimeOffset now, Func<Leg, uint> nextCSeq)
    {
        var turn = new Turn(call, world, now) { NextCSeq = nextCSeq };
        GiveBackChannels(turn);
        SettingByCode.TellAgain(turn);
        SchemeSms.TellAgain(turn);
        if (call.Phase is CallPhase.Over) SayGoodbye(turn);
        else if (call.Phase is not CallPhase.New) CarryOn(turn);
        QueueNews.TellAgain(turn);
        return turn;
    }

    /// <summary>That a leg has ended is in the journal, but not that its trunk was told; which may run on, when only the call has failed.</summary>
    static void GiveBackChannels(Turn turn)
    {
        foreach (var leg in turn.Call.Legs)
            if (leg is { Live: false, ChannelOf: { } trunk, ChannelKey: { } key } && trunk != OnNet.TrunkId && !turn.Call.Legs.Any(other => other.Live && other.ChannelKey == key))
                turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), new TrunkMessage.ReleaseChannel(key)));
    }

    /// <summary>
    /// The call had ended, but whether its BYEs and final responses arrived is not in the journal: they are sent again. Who heard the first BYE answers 481,
    /// who heard the response passes the second over; who did not would take the exchange's silence for a lost INVITE and begin another call.
    /// </summary>
    static void SayGoodbye(Turn turn)
    {
        turn.Call = turn.Call with { Legs = [.. turn.Call.Legs.Select(Jumped)] };
        foreach (var leg in turn.Call.Legs.Where(leg => leg is { EndedByPeer: false, Dialog: not null, AnsweredAt: not null }))
            turn.Do(new CallEffect.InDialog(leg.Number, SipMethod.Bye, LastWords.Of(leg.Cause ?? turn.Call.Cause!)));
        foreach (var leg in turn.Call.Legs)
        {
            if (leg is not { Role: LegRole.Uas, AnsweredAt: null, Received: { Answer: null } received }) continue;
            turn.Do(new CallEffect.RestoreReceived(leg.Number, received));
            Ending.Refuse(turn, leg, received, leg.Cause ?? turn.Call.Cause!);
        }

        CancelAgain(turn);
        Partners.TellEnd(turn, turn.Call.Cause!);
    }

    /// <summary>Whether a CANCEL has arrived is not in the journal: who has heard it answers 481, who has not would ring on.</summary>
    static void CancelAgain(Turn turn)
    {
        foreach (var leg in turn.Call.Legs)
        {
            if (EndedLegs.MayRing(leg, turn.Now) is not { } sent) continue;
            turn.Do(new CallEffect.RestoreSent(leg.Number, sent));
            turn.Do(new CallEffect.CancelInvite(leg.Number, sent, LastWords.Of(leg.Cause!)));
        }
    }

    static void CarryOn(Turn turn)
    {
        var lost = new List<int>();
        turn.Happen(new CallEvent.Recovered([.. turn.Call.Legs.Select(leg => leg.Live ? TakenOver(turn, leg, lost) : leg)], turn.Now));
        CancelAgain(turn);
        foreach (var number in lost)
        {
            if (turn.Call[number] is { Up: false, Sent: { } sent }) turn.Do(new CallEffect.RestoreSent(number, sent)); // or there is nothing to cancel
            Ending.Leg(turn, number, turn.Call[number]!.Up ? EndCause.NoMedia : EndCause.LostInRestart);
        }

        if (turn.Call.Phase is CallPhase.Over) return;

        foreach (var leg in turn.Call.Legs.Where(leg => leg.Live)) TakeUp(turn, leg);
        RearmTimers(turn);
        TrunkDialling.SeizeAgain(turn);
        Partners.TellMedia(turn);
        Joining.AskAgain(turn);
        foreach (var leg in turn.Call.Legs.Where(leg => leg is { Phase: LegPhase.Ringing, External: not null })) CallerBySms.Tell(turn, leg);
        foreach (var leg in turn.Call.Legs.Where(leg => leg is { Live: true, AwaitsDigits: true })) DigitsAfterAnswer.Press(turn, leg);
        foreach (var leg in turn.Call.Legs.Where(leg => leg is { Live: true, AwaitsKey: true })) PressOne.Await(turn, leg.Number);
        foreach (var transferor in turn.Call.Legs.Where(turn.Call.IsLeftOver)) Transferring.LetGo(turn, transferor.Number);
    }

    /// <summary>
    /// A leg that talks gets a new stream and a re-INVITE: on its old port, so that its audio goes on at once and nobody takes the port of another recovered
    /// call, or on any if that is taken. One whose INVITE is open must keep the port that its session description named: it cannot be told of another.
    /// </summary>
    static Leg TakenOver(Turn turn, Leg leg, List<int> lost)
    {
        var keepsPort = !leg.Up || leg.Received?.Answer is not null;
        var streams = turn.World.Streams;
        var slot = leg.Media is not { } own ? null
            : streams.Reserve(own.Family, own.Port) ?? (keepsPort ? null : streams.Reserve(own.Family, turn.Call.Emergency));
        if (slot is not { } stream)
        {
            lost.Add(leg.Number);
            return leg with { Media = null };
        }

        var jumped = Jumped(leg);
        var media = CallSdp.Moved(leg.Media!, stream, newDescription: !keepsPort);
        return keepsPort ? jumped with { Media = media } : jumped with { Media = media, Sent = null, Received = null, Phase = LegPhase.Talking };
    }

    static Leg Jumped(Leg leg) => leg.Dialog is { } dialog ? leg with { Dialog = dialog.WithLocalSeqJump(Jump) } : leg;

    static void TakeUp(Turn turn, Leg leg)
    {
        if (leg.ChannelOf is { } trunk && trunk != OnNet.TrunkId)
            turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), new TrunkMessage.SeizeChannel(leg.ChannelKey!, turn.Call.Emergency)));
        if (leg.Received is { } received) turn.Do(new CallEffect.RestoreReceived(leg.Number, received));
        if (!leg.Up && leg.Sent is { } sent) turn.Do(new CallEffect.Invite(leg.Number, sent)); // by its old branch: a retransmission
        if (leg is { Up: true, Received: null }) Reinviting.Send(turn, leg, leg.Media!); // whose answer starts the session timer
        else if (leg.Up) SessionTimers.Start(turn, leg.Number);
    }

    static void RearmTimers(Turn turn)
    {
        var call = turn.Call;
        turn.Do(new CallEffect.StartTimer("max", Left(call.StartedAt + turn.World.Options.MaxDuration, turn.Now), new CallCommand.TimeIsUp()));
        var taken = call.CallBack is null ? null : call.Legs.LastOrDefault(leg => leg.TookCall)?.AnsweredAt;
        if (call is { AnsweredAt: null, Scheme: null })
            turn.Do(new CallEffect.StartTimer(
                Dialling.SetupTimer, Left((taken ?? call.StartedAt) + turn.World.Options.SetupTimeout, turn.Now), new CallCommand.GiveUpSetup()));
        var rings = call.Trying switch
        {
            RouteStep.Ring ring => ring.For,
            RouteStep.RingGroup group => group.For,
            RouteStep.RingConsultants all => all.For,
            RouteStep.Dial dial => dial.For,
            _ => TimeSpan.Zero,
        };
        foreach (var leg in call.Legs.Where(leg => leg is { Live: true, Phase: LegPhase.Inviting, ChannelOf: not null }))
            turn.Do(new CallEffect.StartTimer(TrunkDialling.Timer(leg.Number), turn.World.Options.TrunkTimeout, new CallCommand.GiveUpTrunk(leg.Number)));
        InScheme.Rearm(turn);
        ParkedCalls.Rearm(turn);
        if (call.Announcement is not null) turn.Do(new CallEffect.StartTimer(Announcing.Timer, Announcing.Longest, new CallCommand.EndAnnouncement()));
        if (rings == TimeSpan.Zero) return;
        var dialled = call.Legs.Where(leg => leg.Step == call.Step).Select(leg => (DateTimeOffset?)leg.StartedAt);
        if ((call.Trying is RouteStep.RingConsultants ? dialled.Min() ?? turn.Now : dialled.Max()) is { } from)
            turn.Do(new CallEffect.StartTimer(Dialling.RingTimer, Left(from + rings, turn.Now), new CallCommand.GiveUpRinging(call.Step)));
    }

    static TimeSpan Left(DateTimeOffset due, DateTimeOffset now) => due > now ? due - now : TimeSpan.Zero;
}
