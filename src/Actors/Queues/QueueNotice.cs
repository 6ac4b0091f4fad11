using System.Collections.Immutable;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues;

/// <summary>What the call distributor says to the call of a ticket.</summary>
public abstract record QueueNotice
{
    QueueNotice() { }

    /// <summary>
    /// These are to be rung for so long; the call says what became of it. Numbers grow: to a repeat of an offer that is over the call says
    /// <see cref="DistributorCommand.OfferFailed"/> again, to a repeat of the one that rings nothing.
    /// </summary>
    public sealed record Offer(long Number, ImmutableArray<ConsultantId> Consultants, TimeSpan For) : QueueNotice;

    /// <summary>The caller has its place; said to who awaits that.</summary>
    public sealed record Joined : QueueNotice;

    /// <summary>The caller goes on in the scheme by the exit of that name.</summary>
    public sealed record Exit(QueueExit Why) : QueueNotice;

    /// <summary>The place is kept: the caller may hang up.</summary>
    public sealed record CallBackKept : QueueNotice;

    /// <summary>The call-back cannot be had (its number must not be called): the caller waits on.</summary>
    public sealed record CallBackRefused : QueueNotice;

    /// <summary>
    /// Answered by what is so: <see cref="DistributorCommand.Join"/> of one who waits, <see cref="DistributorCommand.StillRings"/> of a
    /// call-back, <see cref="DistributorCommand.Answered"/> of one who talks, <see cref="DistributorCommand.TalkEnded"/> or
    /// <see cref="DistributorCommand.Leave"/> of one who does not.
    /// </summary>
    public sealed record AreYouThere : QueueNotice;
}

/// <summary>
/// Begins the call that calls somebody back: the consultants are rung first, then the number (<see cref="QueueNotice.Offer"/> for who hung
/// up).
/// </summary>
public sealed record CallBackOrder(
    QueueTicket Ticket, ExtensionNumber Queue, QueueNotice.Offer Offer, string Number, string? Shown, string? CallerName, DateTimeOffset Since);

/// <summary>The consultant's part of a leg: which queue's offer it rings for.</summary>
public sealed record QueueSeat(QueueTicket Ticket, string Queue, long Offer, ConsultantId Consultant)
{
    /// <summary>He must press 1 before he is connected.</summary>
    public bool PressOne { get; init; }
}
