using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Trying the steps of a route: phones of an extension all at once, trunks one after the other; and what follows when a step fails.
/// </summary>
static class Dialling
{
    public const string RingTimer = "ring";
    public const string SetupTimer = "setup";

    public static void Try(Turn turn, Route route, int waiting)
    {
        turn.Happen(new CallEvent.Routed(turn.Call.Step + 1, route.Next, waiting, route.Reason, turn.Now));
        switch (route.Next)
        {
            case RouteStep.Ring ring: Ring(turn, [ring.Extension], ring.From, ring.For); break;
            case RouteStep.RingGroup group: Ring(turn, group.Extensions, group.From, group.For); break;
            case RouteStep.RingConsultants consultants: Consultants.Ring(turn, consultants); break;
            case RouteStep.Dial: TrunkDialling.Seize(turn, line: 0); break;
            // a queue, or the voicemail of whoever parked the call: it would be lost to those who look for it in its place
            case RouteStep.RunScheme when turn.Call.Parking is not null: NobodyLeft(turn, EndCause.Unreachable); break;
            case RouteStep.RunScheme { InsteadOf: { } cause } when !InMailbox.MayTake(turn, waiting, cause): NobodyLeft(turn, cause); break;
            case RouteStep.RunScheme(var start) when turn.Call[waiting] is { Live: true }: InScheme.Begin(turn, start); break;
            // an ordered call, whose extension forwards to a queue: nobody is there to wait
            case RouteStep.RunScheme: NobodyLeft(turn, EndCause.Unreachable); break;
            case RouteStep.TakeUp wanted: TakingUp.Ask(turn, wanted); break;
            case RouteStep.Refuse(var cause): NobodyLeft(turn, cause); break;
        }
    }

    static void Ring(Turn turn, ImmutableArray<string> extensions, CallerId from, TimeSpan time)
    {
        var cause = EndCause.Unreachable;
        foreach (var extension in extensions) cause = RingPhones(turn, extension, from) ?? cause;
        if (turn.Call.Legs.All(leg => leg.Step != turn.Call.Step))
            Failed(turn, cause);
        else
            turn.Do(new CallEffect.StartTimer(RingTimer, time, new CallCommand.GiveUpRinging(turn.Call.Step)));
    }

    /// <summary>Rings all phones of an extension, as one line of the step; or says why none rings.</summary>
    public static EndCause? RingPhones(Turn turn, string extension, CallerId from, int line = 0, QueueSeat? seat = null)
    {
        var own = ExtensionNumber.Parse(extension);
        var phones = turn.World.Phones.Of(turn.Call.Tenant, own);
        if (phones.IsEmpty) return EndCause.Unreachable;
        if (TakesOneCall(turn, own) && !turn.World.View.TryPromise(turn.Call.Tenant, own, turn.Call.Id.Value)) return EndCause.Busy;
        var before = turn.Call.NextLeg;
        foreach (var phone in phones)
        {
            if (turn.World.Streams.Reserve(phone.Target.Remote.AddressFamily) is not { } slot) break;
            var number = turn.Call.NextLeg;
            var media = CallSdp.Offer(CallSdp.New(slot, turn.Call.Id, number), phone.Target.Transport.IsSecure(), Preferred(turn));
            var leg = Leg(turn, new Party.Phone(extension), phone.Target, line) with
            {
                Media = media,
                TakesCodes = FeatureKeys.MayUse(turn, extension),
                Seat = seat,
            };
            Send(turn, leg with { Sent = Invites.ToPhone(turn, leg, phone, from) });
        }

        return turn.Call.NextLeg > before ? null : EndCause.NoMedia;
    }

    static bool TakesOneCall(Turn turn, ExtensionNumber number) =>
        turn.World.Tenants.Find(turn.Call.Tenant)?.Extensions.GetValueOrDefault(number) is { CallWaiting: false };

    /// <summary>The last leg of its line has ended unanswered.</summary>
    public static void LegFailed(Turn turn, Leg leg, EndCause cause, bool mayTryNextTrunk)
    {
        if (turn.Call.Trying is null || leg.Step != turn.Call.Step) return;
        if (turn.Call.Legs.Any(other => other.Step == leg.Step && other.Line == leg.Line && other.Live)) return;

        if (mayTryNextTrunk && TrunkDialling.DialOf(turn.Call, leg.Line) is not null)
            TrunkDialling.Next(turn, leg.Line, ((Party.Outside)leg.Party).TrunkId, $"{cause.Status} {cause.Text}");
        else LineFailed(turn, leg.Line, Best(turn, leg, cause));
    }

    /// <summary>Nothing can come of a line any more: of several the others go on, else the step has failed.</summary>
    public static void LineFailed(Turn turn, int line, EndCause cause)
    {
        if (turn.Call.Trying is RouteStep.RingConsultants) Consultants.Missed(turn, line, cause);
        else Failed(turn, cause);
    }

    public static void GiveUp(Turn turn, int step)
    {
        if (turn.Call.Step != step || turn.Call.Trying is null) return;
        if (turn.Call.Trying is RouteStep.RingConsultants)
        {
            Consultants.GiveUp(turn);
            return;
        }

        if (turn.Call.Legs.Any(leg => leg is { Live: true, AwaitsDigits: true })) return;
        var ringing = turn.Call.Legs.Where(leg => leg.Step == step && leg.Live).ToList();
        var reached = ringing.Any(leg => leg.Phase is LegPhase.Ringing);
        var emergency = turn.Call.Trying is RouteStep.Dial { Emergency: true };
        if (emergency && reached) return; // who calls for help waits as long as he likes
        foreach (var leg in ringing) Ending.Drop(turn, leg.Number, EndCause.NoAnswer);
        if (emergency && ringing.FirstOrDefault()?.ChannelOf is { } trunk) TrunkDialling.Next(turn, line: 0, trunk, EndCause.Unreachable.Text);
        else Failed(turn, reached ? EndCause.NoAnswer : EndCause.Unreachable);
    }

    public static void GiveUpSetup(Turn turn)
    {
        if (turn.Call is { AnsweredAt: null, Emergency: false, Scheme: null } && !turn.Call.Legs.Any(leg => leg is { Live: true, IsPreparing: true }))
            Ending.Call(turn, Orders.Outcome(turn.Call, EndCause.NoAnswer));
    }

    /// <summary>The step failed as a whole: the extension's forwards say what comes next, else the waiting leg is told.</summary>
    static void Failed(Turn turn, EndCause cause)
    {
        turn.Do(new CallEffect.CancelTimer(RingTimer));
        if (turn.Call.Trying is RouteStep.Ring ring && turn.World.Tenants.Find(turn.Call.Tenant) is { } tenant)
            Try(turn, turn.World.Plan.AfterRinging(tenant, ExtensionNumber.Parse(ring.Extension), ring.From, cause, turn.Call.Id.Value), turn.Call.Waiting);
        else
            NobodyLeft(turn, cause);
    }

    static void NobodyLeft(Turn turn, EndCause cause)
    {
        if (turn.Call.Parking is not null) ParkedCalls.NotTaken(turn);
        else if (turn.Call.Scheme is not null) InScheme.Hear(turn, new ElementNews.NotReached(cause));
        else if (turn.Call.Transfer is not null) Transferring.Failed(turn, cause);
        else Announcing.Refuse(turn, Orders.Outcome(turn.Call, cause));
    }

    /// <summary>
    /// Of several phones' answers the one that tells the caller most: busy before no answer before unreachable (RFC 3261 §16.7 in spirit).
    /// </summary>
    static EndCause Best(Turn turn, Leg failed, EndCause last) =>
        turn.Call.Legs.Where(leg => leg.Step == failed.Step && leg.Line == failed.Line).Select(leg => leg.Cause).OfType<EndCause>()
            .MinBy(cause => cause.Code switch { "declined" => 0, "busy" => 1, "no-answer" => 2, _ => 3 }) ?? last;

    public static Leg Leg(Turn turn, Party party, SipTarget target, int line) => new()
    {
        Number = turn.Call.NextLeg,
        Role = LegRole.Uac,
        Party = party,
        Step = turn.Call.Step,
        Line = line,
        LocalTag = turn.World.Sip.Tags.For(turn.Call.Tenant, turn.Call.Id, turn.Call.NextLeg),
        Target = target,
        StartedAt = turn.Now,
    };

    public static void Send(Turn turn, Leg leg)
    {
        turn.Happen(new CallEvent.LegDialled(leg, turn.Now));
        turn.Do(new CallEffect.Invite(leg.Number, leg.Sent!));
    }

    /// <summary>The waiting caller's codec goes first, so that nothing need be converted.</summary>
    public static TeleCube.Media.Messages.Codec Preferred(Turn turn) =>
        turn.Call[turn.Call.Waiting]?.Media is { Negotiated: true } media ? media.Codec : default;
}
