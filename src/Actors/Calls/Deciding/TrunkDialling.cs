using System.Globalization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>A number outside is dialled through one trunk after the other, until one takes it; several lines of a step each for themselves.</summary>
static class TrunkDialling
{
    /// <summary>What a line of the current step dials; null where it rings phones, or nothing any more.</summary>
    public static RouteStep.Dial? DialOf(CallState call, int line) => call.Trying switch
    {
        RouteStep.Dial dial when line == 0 => dial,
        RouteStep.RingConsultants(var lines, _, _) when line < lines.Length && !call.LinesMissed.ContainsKey(line) => lines[line].Outside,
        _ => null,
    };

    public static string Timer(int leg) => $"trunk-{leg}";

    public static void Seize(Turn turn, int line)
    {
        if (Upcoming(turn.Call, line) is not { } trunk) Dialling.LineFailed(turn, line, EndCause.NoTrunk);
        else if (trunk == OnNet.TrunkId) Through(turn, new CallCommand.ChannelGranted(trunk, turn.Call.Step, line));
        else Ask(turn, trunk, line);
    }

    /// <summary>After a restart the lines that wait for a channel ask for it again.</summary>
    public static void SeizeAgain(Turn turn)
    {
        var (call, lines) = (turn.Call, turn.Call.Trying is RouteStep.RingConsultants several ? several.Lines.Length : 1);
        for (var line = 0; line < lines && turn.Call.Step == call.Step; line++)
            if (DialOf(turn.Call, line) is not null && !IsUnderWay(turn.Call, line)) Seize(turn, line);
    }

    public static void Through(Turn turn, CallCommand.ChannelGranted granted)
    {
        if (turn.Call.Step != granted.Step || DialOf(turn.Call, granted.Line) is not { } dial || Upcoming(turn.Call, granted.Line) != granted.TrunkId)
        {
            GiveBack(turn, granted);
            return;
        }

        if (IsUnderWay(turn.Call, granted.Line)) return; // a channel that was only counted again after a restart
        if (turn.World.Carriers.Find(granted.TrunkId) is not { } carrier)
        {
            Next(turn, granted.Line, granted.TrunkId, "the trunk's address does not resolve");
            return;
        }

        if (turn.World.Streams.Reserve(carrier.Target.Remote.AddressFamily, dial.Emergency) is not { } slot)
        {
            Release(turn, granted.TrunkId, Key(turn.Call, granted.Line));
            Dialling.LineFailed(turn, granted.Line, EndCause.NoMedia);
            return;
        }

        var leg = Dialling.Leg(turn, new Party.Outside(granted.TrunkId, dial.Number), carrier.Target, granted.Line);
        leg = leg with
        {
            ChannelOf = granted.TrunkId,
            External = dial.External,
            TakesCodes = FeatureKeys.MayUse(turn, external: dial.External),
            ChannelKey = Key(turn.Call, granted.Line),
            Billed = Rates.For(turn, dial),
            Media = CallSdp.Offer(CallSdp.New(slot, turn.Call.Id, leg.Number), carrier.Target.Transport.IsSecure(), Dialling.Preferred(turn)),
            Seat = (turn.Call.Trying as RouteStep.RingConsultants)?.Lines[granted.Line].Seat,
        };
        Dialling.Send(turn, leg with { Sent = Invites.ToCarrier(turn, leg, carrier, dial) });
        if (CarrierIdentity.FallsBack(carrier.Config, dial.From))
            turn.Do(new CallEffect.Note("shown-number", $"trunk {granted.TrunkId} takes no number but ours: shows {dial.From.Fallback ?? "none"}"));
        if (turn.Call.Trying is RouteStep.Dial) turn.Do(new CallEffect.StartTimer(Dialling.RingTimer, dial.For, new CallCommand.GiveUpRinging(turn.Call.Step)));
        turn.Do(new CallEffect.StartTimer(Timer(leg.Number), turn.World.Options.TrunkTimeout, new CallCommand.GiveUpTrunk(leg.Number)));
    }

    public static void Refused(Turn turn, CallCommand.ChannelRefused refused)
    {
        if (turn.Call.Step == refused.Step && Upcoming(turn.Call, refused.Line) == refused.TrunkId && !IsUnderWay(turn.Call, refused.Line))
            Next(turn, refused.Line, refused.TrunkId, refused.Reason);
    }

    /// <summary>
    /// RFC 3261 would wait 32 s; a caller hears silence meanwhile, so a carrier that does not even say 100 is left sooner.
    /// </summary>
    public static void GiveUp(Turn turn, int number)
    {
        if (turn.Call[number] is not { Live: true, Phase: LegPhase.Inviting, ChannelOf: { } trunk } leg) return;
        var time = turn.World.Options.TrunkTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var cause = EndCause.TrunkSilent with { Text = $"{trunk} did not answer within {time} s (telecube.call.trunk-timeout)" };
        Ending.Drop(turn, number, cause);
        if (trunk != OnNet.TrunkId)
            turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), new TrunkMessage.ReportSilence("no answer to an INVITE") { Target = leg.Target }));
        Dialling.LegFailed(turn, leg, cause, mayTryNextTrunk: true);
    }

    public static void Next(Turn turn, int line, string trunk, string reason)
    {
        turn.Happen(new CallEvent.TrunkFailed(trunk, reason, turn.Now) { Line = line });
        Seize(turn, line);
    }

    /// <summary>The trunk whose turn it is.</summary>
    static string? Upcoming(CallState call, int line) =>
        DialOf(call, line) is { } dial && call.TrunksTried.GetValueOrDefault(line) is var tried && tried < dial.Trunks.Length ? dial.Trunks[tried] : null;

    static bool IsUnderWay(CallState call, int line) => call.Legs.Any(leg => leg.Step == call.Step && leg.Line == line && leg.Live);

    /// <summary>The channel came too late to be of use; unless it is that of a leg, counted again after a restart.</summary>
    static void GiveBack(Turn turn, CallCommand.ChannelGranted granted)
    {
        if (granted.Key is { } key && !turn.Call.Legs.Any(leg => leg.Live && leg.ChannelKey == key)) Release(turn, granted.TrunkId, key);
    }

    static void Ask(Turn turn, string trunk, int line)
    {
        var seize = new TrunkMessage.SeizeChannel(Key(turn.Call, line), turn.Call.Trying is RouteStep.Dial { Emergency: true });
        turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), seize));
    }

    static void Release(Turn turn, string trunk, string key)
    {
        if (trunk != OnNet.TrunkId) turn.Do(new CallEffect.Tell(TrunkEntity.Of(new TrunkId(trunk)), new TrunkMessage.ReleaseChannel(key)));
    }

    /// <summary>Names a channel of the call: step, try, and the line where it is not the first (<see cref="ChannelName"/>).</summary>
    static string Key(CallState call, int line) => ChannelName.Of(call, call.TrunksTried.GetValueOrDefault(line), line);
}
