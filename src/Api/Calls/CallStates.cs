using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;

namespace TeleCube.Api.Calls;

/// <summary>What a call and its legs do, in the words of those who look after the exchange.</summary>
static class CallStates
{
    public static CallStatus Of(CallState call) => call switch
    {
        { Scheme.Wait: SchemeWait.Queueing } or { Parking: not null } => CallStatus.Waiting,
        { Scheme: { Wait: not SchemeWait.Ringing } } => CallStatus.InScheme,
        { Phase: CallPhase.Talking } => CallStatus.Talking,
        _ => call.Legs.Any(leg => leg is { Role: LegRole.Uac, Phase: LegPhase.Ringing }) ? CallStatus.Ringing : CallStatus.Setup,
    };

    public static LegStatus Of(CallState call, Leg leg) => leg switch
    {
        { AwaitsKey: true } => LegStatus.Asked,
        { Up: false } => leg.Phase is LegPhase.Ringing ? LegStatus.Ringing : LegStatus.Inviting,
        { IsPreparing: true } => LegStatus.Answered,
        _ when leg.Number == call.Waiting && call is { Scheme.Wait: SchemeWait.Queueing } or { Parking: not null } => LegStatus.Waiting,
        _ when leg.Number == call.Waiting && call.Scheme is not null => LegStatus.InScheme,
        _ => call.PeerOf(leg.Number) is not null || call.Partner is not null ? LegStatus.Talking : LegStatus.Answered,
    };
}
