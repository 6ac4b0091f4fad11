using System.Collections.Immutable;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues;

/// <summary>
/// What has happened in a company's queues; all that statistics count is in it. A public format: named and versioned in the journal, see
/// <see cref="DistributorEvents"/>.
/// </summary>
public abstract record DistributorEvent(ExtensionNumber Queue, DateTimeOffset At)
{
    // Callers

    /// <summary>A caller takes his place, which was this one then.</summary>
    public sealed record Joined(ExtensionNumber Queue, WaitingCaller Caller, int Position, DateTimeOffset At) : DistributorEvent(Queue, At);

    /// <summary>A caller was not let in.</summary>
    public sealed record TurnedAway(ExtensionNumber Queue, QueueTicket Ticket, string Caller, QueueExit Why, DateTimeOffset At)
        : DistributorEvent(Queue, At);

    /// <summary>A caller left unanswered, from this position and after this wait: of himself, or because he was sent out.</summary>
    public sealed record Left(ExtensionNumber Queue, QueueTicket Ticket, QueueExit Why, int Position, TimeSpan Waited, DateTimeOffset At)
        : DistributorEvent(Queue, At)
    {
        /// <summary>Answered after all: by this extension, which picked the caller up while a consultant's phone rang.</summary>
        public string? PickedUpBy { get; init; }
    }

    // Offers

    /// <summary>
    /// These consultants are rung for the caller; by the call <paramref name="By"/>: his own, or one that will call him back.
    /// </summary>
    public sealed record Offered(
        ExtensionNumber Queue, QueueTicket Ticket, long Offer, QueueTicket By, ImmutableArray<ConsultantId> Consultants, DateTimeOffset At)
        : DistributorEvent(Queue, At)
    {
        /// <summary>All had been tried; they are tried again.</summary>
        public bool NewRound { get; init; }
    }

    /// <summary>One of several did not take the call and is free; the others still ring.</summary>
    public sealed record Declined(ExtensionNumber Queue, QueueTicket Ticket, long Offer, MissedOffer By, bool Ignored, DateTimeOffset At)
        : DistributorEvent(Queue, At);

    /// <summary>Nobody took the call; it rang for so long, and its consultants may be asked again from then on.</summary>
    public sealed record OfferFailed(
        ExtensionNumber Queue, QueueTicket Ticket, long Offer, ImmutableArray<MissedOffer> Missed, TimeSpan Rang, DateTimeOffset RetryAt,
        DateTimeOffset At)
        : DistributorEvent(Queue, At)
    {
        /// <summary>Those of <see cref="Missed"/> who heard it and did not take it: it counts against them.</summary>
        public ImmutableArray<ConsultantId> Ignored { get => field.IsDefault ? [] : field; init; } = [];

        /// <summary>They may be asked again from then on if somebody else would be offered to them otherwise.</summary>
        public DateTimeOffset? SoonestAt { get; init; }
    }

    /// <summary>
    /// A consultant talks with the caller (or, of a call-back, waits for him), after this wait; the ringing for him lasted so long.
    /// <paramref name="Day"/> is the company's.
    /// </summary>
    public sealed record Answered(
        ExtensionNumber Queue, QueueTicket Ticket, long Offer, ConsultantId By, TimeSpan Waited, TimeSpan Rang, DateOnly Day,
        DateTimeOffset At)
        : DistributorEvent(Queue, At)
    {
        /// <summary>Of the call-back's own call; null for a caller on the line.</summary>
        public QueueTicket? CallBack { get; init; }
    }

    // Consultants at work

    /// <summary>A consultant's talk is over; he wraps up for so long.</summary>
    public sealed record TalkEnded(
        ExtensionNumber Queue, QueueTicket Ticket, ConsultantId By, TimeSpan Talked, TimeSpan WrapUp, DateTimeOffset At) : DistributorEvent(Queue, At)
    {
        /// <summary>To whom he has transferred the caller; null: he has not.</summary>
        public string? TransferredTo { get; init; }

        /// <summary>He was to call somebody back, who was not reached: that was no talk.</summary>
        public bool InVain { get; init; }
    }

    public sealed record WrapUpEnded(ExtensionNumber Queue, ConsultantId Consultant, DateTimeOffset At) : DistributorEvent(Queue, At);

    /// <summary>The call that rang him, or in which he talked, was lost.</summary>
    public sealed record Released(ExtensionNumber Queue, QueueTicket Ticket, ConsultantId Consultant, DateTimeOffset At)
        : DistributorEvent(Queue, At);

    // Call-backs

    /// <summary>The caller keeps his place and is called there when it is his turn.</summary>
    public sealed record CallBackAsked(ExtensionNumber Queue, QueueTicket Ticket, string Number, string? Shown, DateTimeOffset At)
        : DistributorEvent(Queue, At)
    {
        /// <summary>Not called before, unless he hangs up earlier (<see cref="HungUp"/>).</summary>
        public DateTimeOffset? NotBefore { get; init; }
    }

    /// <summary>Who is to be called back is not on the line any more: from now on it may be his turn.</summary>
    public sealed record HungUp(ExtensionNumber Queue, QueueTicket Ticket, DateTimeOffset At) : DistributorEvent(Queue, At);

    /// <summary>Whom it was for could not be reached; he is tried again from then on.</summary>
    public sealed record CallBackFailed(
        ExtensionNumber Queue, QueueTicket Ticket, string Cause, int Tries, DateTimeOffset RetryAt, DateTimeOffset At) : DistributorEvent(Queue, At);

    // Logging in and out

    /// <summary>By code, if he is not linked.</summary>
    public sealed record LoggedIn(ExtensionNumber Queue, ConsultantId Consultant, bool Linked, DateTimeOffset At)
        : DistributorEvent(Queue, At);

    public sealed record LoggedOut(ExtensionNumber Queue, ConsultantId Consultant, bool Linked, DateTimeOffset At)
        : DistributorEvent(Queue, At);

    public sealed record Paused(ExtensionNumber Queue, ConsultantId Consultant, string? Reason, DateTimeOffset At)
        : DistributorEvent(Queue, At)
    {
        /// <summary>Nobody said so: he took none of so many calls in a row.</summary>
        public bool Automatic { get; init; }
    }

    public sealed record Unpaused(ExtensionNumber Queue, ConsultantId Consultant, DateTimeOffset At) : DistributorEvent(Queue, At);

    // What was set up otherwise

    /// <summary>
    /// What was remembered of consultants is out of date: who is linked is not logged in by code, who is no consultant is neither logged out
    /// nor paused.
    /// </summary>
    public sealed record Forgot(
        ExtensionNumber Queue, ImmutableArray<ConsultantId> Logins, ImmutableArray<ConsultantId> Logouts,
        ImmutableArray<ConsultantId> Pauses, DateTimeOffset At)
        : DistributorEvent(Queue, At);

    /// <summary>The queue was deleted, and nobody is in it any more.</summary>
    public sealed record Dropped(ExtensionNumber Queue, DateTimeOffset At) : DistributorEvent(Queue, At);
}
