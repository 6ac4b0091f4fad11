using System.Text.Json;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.News;

/// <summary>What a tenant's outsiders are told of a call; a public format, to which fields are only ever added.</summary>
public sealed record CallNews
{
    public required string Call { get; init; }

    public CallDirection? Direction { get; init; }

    public string? Caller { get; init; }

    public string? Callee { get; init; }

    public int? Leg { get; init; }

    /// <summary>Who is at the far end of the leg: an extension or a number.</summary>
    public string? Party { get; init; }

    /// <summary>Who put a leg on hold or took it back: its <c>peer</c>, or <c>api</c>.</summary>
    public string? By { get; init; }

    /// <summary>Where a call is transferred to.</summary>
    public string? Target { get; init; }

    /// <summary>The call with whose party this one's talks now.</summary>
    public string? JoinedWith { get; init; }

    /// <summary>The record of the call, written in the same transaction.</summary>
    public string? Cdr { get; init; }

    public string? Disposition { get; init; }

    /// <summary>Why it ended or failed, in kebab-case.</summary>
    public string? Cause { get; init; }

    public int? DurationSeconds { get; init; }

    /// <summary>What an event is to outsiders, or null. <paramref name="before"/> is the journal's state before the event's turn.</summary>
    public static StoreWrite.Publish? Of(CallEvent happened, CallState before, CallState after) => happened switch
    {
        _ when after.Tenant == TenantId.Platform => null, // a number that nobody holds: there is nobody to tell
        CallEvent.Started e => Tell(after, "call.begun", e.At, new() { Call = e.Id.Value, Direction = e.Direction, Caller = e.Caller, Callee = e.Dialled }),
        CallEvent.Rang e when before[e.Leg] is not { Phase: LegPhase.Ringing } => Tell(after, "call.ringing", e.At, OfLeg(after, e.Leg)),
        CallEvent.Answered e => Tell(after, "call.answered", e.At, OfLeg(after, e.Leg)),
        CallEvent.Changed e when before[e.Leg]?.HeldByPeer != e.HeldByPeer => Held(after, e.Leg, e.HeldByPeer, "peer", e.At),
        CallEvent.HeldByUs e => Held(after, e.Leg, e.Held, "api", e.At),
        CallEvent.TransferBegan e => Tell(after, "call.transfer-began", e.At, Asked(after, e.Transfer)),
        CallEvent.TransferFailed e => Tell(after, "call.transfer-failed", e.At, new() { Call = after.Id.Value, Cause = e.Cause.Code }),
        CallEvent.Bridged e when before.Transfer is { } transfer => Tell(after, "call.transferred", e.At, Asked(after, transfer)),
        CallEvent.LedOn e when before.Transfer is { } led => Tell(after, "call.transferred", e.At, Asked(after, led)),
        CallEvent.Parked e when before.Parking is null => Tell(after, "call.parked", e.At, OfLeg(after, e.Parking.Leg) with { Target = e.Parking.Slot }),
        CallEvent.Joined { By: { } by } e =>
            Tell(after, "call.picked-up", e.At, new() { Call = after.Id.Value, Leg = e.Leg, Party = by, JoinedWith = e.Partner.Call.Value }),
        CallEvent.Joined e => Tell(after, "call.transferred", e.At, OfLeg(after, e.Leg) with { JoinedWith = e.Partner.Call.Value }),
        CallEvent.Recovered e => Tell(after, "call.recovered", e.At, new() { Call = after.Id.Value }),
        CallEvent.Ended e => Tell(after, "call.ended", e.At, new()
        {
            Call = after.Id.Value,
            Direction = after.Direction,
            Caller = after.Caller,
            Callee = after.Dialled,
            Cdr = e.Cdr.Id,
            Disposition = e.Cdr.Disposition,
            Cause = e.Cause.Code,
            DurationSeconds = e.Cdr.DurationSeconds,
        }),
        _ => null,
    };

    static StoreWrite.Publish Held(CallState call, int leg, bool held, string by, DateTimeOffset at) =>
        Tell(call, held ? "call.held" : "call.resumed", at, OfLeg(call, leg) with { By = by });

    static CallNews OfLeg(CallState call, int leg) => new()
    {
        Call = call.Id.Value,
        Leg = leg,
        Party = call[leg]?.Party switch
        {
            Calls.Model.Party.Phone(var extension) => extension,
            Calls.Model.Party.Outside(_, var number) => number,
            _ => null,
        },
    };

    static CallNews Asked(CallState call, Transfer transfer) => new()
    {
        Call = call.Id.Value,
        Leg = transfer.Kept == Transfer.Partners ? null : transfer.Kept,
        Target = transfer.Target,
    };

    static StoreWrite.Publish Tell(CallState call, string type, DateTimeOffset at, CallNews news) =>
        new(call.Tenant, type, at, JsonSerializer.Serialize(news, NewsJson.Default.CallNews));
}
