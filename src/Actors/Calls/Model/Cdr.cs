using System.Collections.Immutable;
using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Calls.Model;

/// <summary>
/// The call detail record: one per call, with every leg, exact cost, and why it ended.
/// Amounts in złoty, durations in seconds from answer to end.
/// </summary>
public sealed record Cdr
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required CallDirection Direction { get; init; }

    public required string Caller { get; init; }

    public string? CallerName { get; init; }

    public required string Callee { get; init; }

    /// <summary>The tenant's own number by which the call came in.</summary>
    public string? DialledNumber { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required int DurationSeconds { get; init; }

    public required string Disposition { get; init; }

    public required EndCause Cause { get; init; }

    /// <summary>What the exchange itself did for the caller; null where nobody asked it to, or it did not come to that.</summary>
    public CallService? Service { get; init; }

    public string? Destination { get; init; }

    public required decimal Net { get; init; }

    public required decimal Vat { get; init; }

    public required decimal Gross { get; init; }

    public required ImmutableArray<CdrLeg> Legs { get; init; }

    /// <summary>The call with whose party this one's talked in the end (attended transfer, Replaces).</summary>
    public string? JoinedWith { get; init; }

    /// <summary>How often the call was carried over a restart.</summary>
    public int Recoveries { get; init; }

    /// <summary>How often consultants were rung in vain beyond the legs that are listed.</summary>
    public ImmutableArray<UntakenOffers> Untaken { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The queues in which it waited, in their order.</summary>
    public ImmutableArray<CdrQueue> Queues { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>A wait in a queue: how long, who took the call, and how it ended.</summary>
public sealed record CdrQueue
{
    public required string Queue { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required int WaitedSeconds { get; init; }

    public string? Consultant { get; init; }

    public required QueueExit Exit { get; init; }
}

/// <summary>One leg of a CDR. A leg that is not charged has no tariff row.</summary>
public sealed record CdrLeg
{
    public required int Number { get; init; }

    public required string Party { get; init; }

    public string? Trunk { get; init; }

    public string? Destination { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required int DurationSeconds { get; init; }

    public int ChargedSeconds { get; init; }

    public decimal NetPerMinute { get; init; }

    public decimal Net { get; init; }

    public decimal Vat { get; init; }

    public decimal Gross { get; init; }

    public required EndCause Cause { get; init; }
}
