using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// Trying the steps of a route: phones of an extension all at once, trunks one after the other; and what follows when a step fails.
/// </summary>
static class Dialling
{
    public const string RingTimer = "ring";
    public const string TrunkTimer = "trunk";
    public const string SetupTimer = "setup";

    public static void Try(Turn turn, Route route, int waiting)
    {
        turn.Happen(new CallEvent.Routed(turn.Call.Step + 1, route.Next, waiting, route.Reason, turn.Now));
        switch (route.Next)
        {
            case RouteStep.Ring ring: Ring(turn, [ring.Extension], ring.From, ring.For); break;
            case RouteStep.RingGroup group: Ring(turn, group.Extensions, group.From, group.For); break;
            case RouteStep.Dial: SeizeTrunk(turn); break;
            case RouteStep.RunScheme(var start) when turn.Call[waiting] is { Live: true }: InScheme.Begin(turn, start); break;
            case RouteStep.RunScheme: NobodyLeft(turn, EndCause.Unreachable); break; // an ordered call, whose extension forwards to a queue: nobody is there to wait
            case RouteStep.Refuse(var cause): NobodyLeft(turn, cause); break;
        }
    }

    static void Ring(Turn turn, ImmutableArray<string> extensions, CallerId from, TimeSpan time)
    {
        var anyPhone = false;
        foreach (var extension in extensions)
        {
            foreach (var phone in turn.World.Phones.Of(turn.Call.Tenant, ExtensionNumber.Parse(extension)))
            {
                anyPhone = true;
                if (turn.World.Streams.Reserve(phone.Target.Remote.AddressFamily) is not { } slot) break;
                var number = turn.Call.Legs.Length;
                var media = CallSdp.Offer(CallSdp.New(slot, turn.Call.Id, number), phone.Target.Transport.IsSecure(), Preferred(turn));
                var leg = Leg(turn, number, new Party.Phone(extension), phone.Target) with { Media = media, TakesCodes = FeatureKeys.MayUse(turn, extension) };
                Send(turn, leg with { Sent = Invites.ToPhone(turn, leg, phone, from) });
            }
        }

        if (turn.Call.Legs.All(leg => leg.Step != turn.Call.Step))
            Failed(turn, anyPhone ? EndCause.NoMedia : EndCause.Unreachable);
        else
            turn.Do(new CallEffect.StartTimer(RingTimer, time, new CallCommand.GiveUpRinging(turn.Call.Step)));
    }

    public static void SeizeTrunk(Turn turn)
    {
        var dial = (RouteStep.Dial)turn.Call.Trying!;
        if (turn.Call.TrunksTried >= dial.Trunks.Length)
        {
            Failed(turn, EndCause.NoTrunk);
            return;
        }

        var trunk = dial.Trunks[turn.Call.TrunksTried];
        if (trunk == OnNet.TrunkId) ThroughTrunk(turn, new CallCommand.ChannelGranted(trunk, turn.Call.Step));
        else turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), new TrunkMessage.SeizeChannel(ChannelKey(turn.Call), dial.Emergency)));
    }

    public static void ThroughTrunk(Turn turn, CallCommand.ChannelGranted granted)
    {
        if (turn.Call.Trying is not RouteStep.Dial dial || turn.Call.Step != granted.Step || dial.Trunks[turn.Call.TrunksTried] != granted.TrunkId) return;
        if (IsUnderWay(turn, granted.Step)) return; // a channel that was only counted again after a restart
        if (turn.World.Carriers.Find(granted.TrunkId) is not { } carrier)
        {
            NextTrunk(turn, granted.TrunkId, "the trunk's address does not resolve");
            return;
        }

        if (turn.World.Streams.Reserve(carrier.Target.Remote.AddressFamily, dial.Emergency) is not { } slot)
        {
            Release(turn, granted.TrunkId);
            Failed(turn, EndCause.NoMedia);
            return;
        }

        var number = turn.Call.Legs.Length;
        var leg = Leg(turn, number, new Party.Outside(granted.TrunkId, dial.Number), carrier.Target) with
        {
            ChannelOf = granted.TrunkId,
            External = dial.External,
            TakesCodes = FeatureKeys.MayUse(turn, external: dial.External),
            ChannelKey = ChannelKey(turn.Call),
            Billed = Rates.For(turn, dial),
            Media = CallSdp.Offer(CallSdp.New(slot, turn.Call.Id, number), carrier.Target.Transport.IsSecure(), Preferred(turn)),
        };
        Send(turn, leg with { Sent = Invites.ToCarrier(turn, leg, carrier, dial) });
        if (CarrierIdentity.FallsBack(carrier.Config, dial.From))
            turn.Do(new CallEffect.Note("shown-number", $"trunk {granted.TrunkId} takes no number but ours: shows {dial.From.Fallback ?? "none"}"));
        turn.Do(new CallEffect.StartTimer(RingTimer, dial.For, new CallCommand.GiveUpRinging(turn.Call.Step)));
        turn.Do(new CallEffect.StartTimer(TrunkTimer, turn.World.Options.TrunkTimeout, new CallCommand.GiveUpTrunk(number)));
    }

    public static void TrunkRefused(Turn turn, CallCommand.ChannelRefused refused)
    {
        if (turn.Call.Trying is RouteStep.Dial dial && turn.Call.Step == refused.Step && dial.Trunks[turn.Call.TrunksTried] == refused.TrunkId && !IsUnderWay(turn, refused.Step))
            NextTrunk(turn, refused.TrunkId, refused.Reason);
    }

    static bool IsUnderWay(Turn turn, int step) => turn.Call.Legs.Any(leg => leg.Step == step && leg.Live);

    /// <summary>The last leg of the step has ended unanswered.</summary>
    public static void LegFailed(Turn turn, Leg leg, EndCause cause, bool mayTryNextTrunk)
    {
        if (turn.Call.Trying is null || leg.Step != turn.Call.Step) return;
        if (turn.Call.Legs.Any(other => other.Step == leg.Step && other.Live)) return;

        if (mayTryNextTrunk && turn.Call.Trying is RouteStep.Dial) NextTrunk(turn, ((Party.Outside)leg.Party).TrunkId, $"{cause.Status} {cause.Text}");
        else Failed(turn, Best(turn, leg.Step, cause));
    }

    public static void GiveUp(Turn turn, int step)
    {
        if (turn.Call.Step != step || turn.Call.Trying is null || turn.Call.Legs.Any(leg => leg is { Live: true, AwaitsDigits: true })) return;
        var ringing = turn.Call.Legs.Where(leg => leg.Step == step && leg.Live).ToList();
        var reached = ringing.Any(leg => leg.Phase is LegPhase.Ringing);
        var emergency = turn.Call.Trying is RouteStep.Dial { Emergency: true };
        if (emergency && reached) return; // who calls for help waits as long as he likes
        foreach (var leg in ringing) Ending.Drop(turn, leg.Number, EndCause.NoAnswer);
        if (emergency && ringing.FirstOrDefault()?.ChannelOf is { } trunk) NextTrunk(turn, trunk, EndCause.Unreachable.Text);
        else Failed(turn, reached ? EndCause.NoAnswer : EndCause.Unreachable);
    }

    public static void GiveUpSetup(Turn turn)
    {
        if (turn.Call is { AnsweredAt: null, Emergency: false, Scheme: null } && !turn.Call.Legs.Any(leg => leg is { Live: true, AwaitsDigits: true })) Ending.Call(turn, EndCause.NoAnswer);
    }

    /// <summary>
    /// RFC 3261 would wait 32 s; a caller hears silence meanwhile, so a carrier that does not even say 100 is left sooner.
    /// </summary>
    public static void GiveUpTrunk(Turn turn, int number)
    {
        if (turn.Call[number] is not { Live: true, Phase: LegPhase.Inviting, ChannelOf: { } trunk } leg) return;
        Ending.Drop(turn, number, EndCause.Unreachable);
        if (trunk != OnNet.TrunkId)
            turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), new TrunkMessage.ReportSilence("no answer to an INVITE")));
        LegFailed(turn, leg, EndCause.Unreachable, mayTryNextTrunk: true);
    }

    static void NextTrunk(Turn turn, string trunk, string reason)
    {
        turn.Happen(new CallEvent.TrunkFailed(trunk, reason, turn.Now));
        SeizeTrunk(turn);
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
        if (turn.Call.Scheme is not null) InScheme.Hear(turn, new ElementNews.NotReached(cause));
        else if (turn.Call.Transfer is not null) Transferring.Failed(turn, cause);
        else Announcing.Refuse(turn, cause);
    }

    /// <summary>
    /// Of several phones' answers the one that tells the caller most: busy before no answer before unreachable (RFC 3261 §16.7 in spirit).
    /// </summary>
    static EndCause Best(Turn turn, int step, EndCause last) =>
        turn.Call.Legs.Where(leg => leg.Step == step).Select(leg => leg.Cause).OfType<EndCause>()
            .MinBy(cause => cause.Code switch { "declined" => 0, "busy" => 1, "no-answer" => 2, _ => 3 }) ?? last;

    static Leg Leg(Turn turn, int number, Party party, SipTarget target) => new()
    {
        Number = number,
        Role = LegRole.Uac,
        Party = party,
        Step = turn.Call.Step,
        LocalTag = turn.World.Sip.Tags.For(turn.Call.Tenant, turn.Call.Id, number),
        Target = target,
        StartedAt = turn.Now,
    };

    static void Send(Turn turn, Leg leg)
    {
        turn.Happen(new CallEvent.LegDialled(leg, turn.Now));
        turn.Do(new CallEffect.Invite(leg.Number, leg.Sent!));
    }

    /// <summary>The waiting caller's codec goes first, so that nothing need be converted.</summary>
    public static TeleCube.Media.Messages.Codec Preferred(Turn turn) => turn.Call[turn.Call.Waiting]?.Media is { Negotiated: true } media ? media.Codec : default;

    public static string ChannelKey(CallState call) => $"{call.Tenant}/{call.Id}/{call.Step}/{call.TrunksTried}";

    static void Release(Turn turn, string trunk)
    {
        if (trunk != OnNet.TrunkId)
            turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), new TrunkMessage.ReleaseChannel(ChannelKey(turn.Call))));
    }
}
