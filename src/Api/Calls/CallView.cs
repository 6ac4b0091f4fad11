using TeleCube.Actors.Calls.Model;

namespace TeleCube.Api.Calls;

/// <summary>A live call.</summary>
public sealed record CallView(
    string Id, CallWay Direction, CallStatus Status, string Caller, string? CallerName, string Callee, string? DialledNumber, bool Emergency,
    DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt, SchemeView? Scheme, IReadOnlyList<LegView> Legs)
{
    internal static CallView Of(CallState call) => new(
        call.Id.Value,
        Enum.Parse<CallWay>(call.Direction.ToString()),
        CallStates.Of(call),
        call.Caller, call.CallerName, call.Dialled, call.DialledNumber, call.Emergency, call.StartedAt, call.AnsweredAt,
        call.Scheme is { Inline: null } at ? new SchemeView(at.Scheme.Value, at.Version, at.Element.Value) : null,
        [.. call.Legs.Where(leg => leg.Live).Select(leg => LegView.Of(call, leg))]);
}

/// <summary>Where in a scheme the caller is, before anybody has answered.</summary>
public sealed record SchemeView(string Id, int Version, string Element);

/// <summary>
/// How far a live call has come: <c>setup</c> (nobody rings yet), <c>ringing</c>, <c>inScheme</c> (the caller is in a menu, hears an announcement or is in a
/// mailbox), <c>waiting</c> (in a queue, or parked), <c>talking</c>.
/// </summary>
public enum CallStatus { Setup, Ringing, InScheme, Waiting, Talking }

/// <summary>
/// What a leg does: <c>inviting</c> (the far end has not said that it rings), <c>ringing</c>, <c>asked</c> (has answered, and is to press 1),
/// <c>answered</c> (talks with nobody yet), <c>inScheme</c>, <c>waiting</c> (in a queue, or parked), <c>talking</c>.
/// </summary>
public enum LegStatus { Inviting, Ringing, Asked, Answered, InScheme, Waiting, Talking }

/// <summary>A leg that is up or ringing: a phone of an extension, or a number through a trunk.</summary>
public sealed record LegView(
    int Number, string? Extension, string? Outside, string? Trunk, LegStatus Phase, bool OnHold, DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt)
{
    internal static LegView Of(CallState call, Leg leg) => new(
        leg.Number,
        (leg.Party as Party.Phone)?.Extension,
        (leg.Party as Party.Outside)?.Number,
        (leg.Party as Party.Outside)?.TrunkId,
        CallStates.Of(call, leg), leg.HeldByPeer || leg.HeldByUs, leg.StartedAt, leg.AnsweredAt);
}

/// <summary>A call that was ordered; it is found under <c>calls/{id}</c> while it is up, and under <c>cdrs/{id}</c> afterwards.</summary>
public sealed record CallOrdered(string Id, string From, string To);
