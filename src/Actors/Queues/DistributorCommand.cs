using System.Collections.Immutable;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues;

/// <summary>
/// What is said to the call distributor. What calls say, they say again after a restart: a repeat does nothing, and a call that has gone
/// meanwhile is asked about (<see cref="QueueNotice.AreYouThere"/>).
/// </summary>
public abstract record DistributorCommand
{
    DistributorCommand() { }

    /// <summary>The ticket of the call that says it; null: no call does.</summary>
    public QueueTicket? Speaker => this switch
    {
        Join said => said.Ticket,
        Leave said => said.Ticket,
        Declined said => said.Ticket,
        OfferFailed said => said.Ticket,
        Answered said => said.Ticket,
        TalkEnded said => said.Ticket,
        AskCallBack said => said.Ticket,
        CallBackFailed said => said.Ticket,
        StillRings said => said.Ticket,
        _ => null,
    };

    /// <summary>What calls say must not be lost: nobody would say it again.</summary>
    public bool IsOfCalls => Speaker is not null;

    // by calls

    /// <summary>A caller waits, since then: so an older place is the better one, whenever this arrives.</summary>
    public sealed record Join(
        QueueTicket Ticket, ExtensionNumber Queue, string Caller, string? CallerName, string? Skill, DateTimeOffset Since) : DistributorCommand
    {
        /// <summary>Somebody waits to hear that the caller has its place (<see cref="QueueNotice.Joined"/>): a transfer is not done before.</summary>
        public bool AwaitsPlace { get; init; }
    }

    /// <summary>The caller does not wait any more, and the call says why. What is being offered of it is over.</summary>
    public sealed record Leave(QueueTicket Ticket, QueueExit Why, DateTimeOffset At) : DistributorCommand
    {
        /// <summary>The extension that picked the caller up while a consultant's phone rang.</summary>
        public string? PickedUpBy { get; init; }
    }

    /// <summary>One of several consultants did not take the offered call; the others still ring.</summary>
    public sealed record Declined(QueueTicket Ticket, long Offer, MissedOffer By, DateTimeOffset At) : DistributorCommand;

    /// <summary>Nobody took the offered call; with the reason of each who rang to the end (an <c>EndCause</c> code).</summary>
    public sealed record OfferFailed(QueueTicket Ticket, long Offer, ImmutableArray<MissedOffer> Missed, DateTimeOffset At)
        : DistributorCommand;

    /// <summary>The consultant talks with the caller; the others of the offer are rung no more.</summary>
    public sealed record Answered(QueueTicket Ticket, ExtensionNumber Queue, long Offer, ConsultantId By, DateTimeOffset At)
        : DistributorCommand;

    /// <summary>The consultant's leg of a call that came by the queue is over (whatever becomes of the caller).</summary>
    public sealed record TalkEnded(QueueTicket Ticket, ExtensionNumber Queue, ConsultantId By, DateTimeOffset At) : DistributorCommand
    {
        /// <summary>To whom the consultant has transferred the caller.</summary>
        public string? TransferredTo { get; init; }
    }

    /// <summary>
    /// The caller wants to be called back on this number and keeps the place. Answered by <see cref="QueueNotice.CallBackKept"/>.
    /// </summary>
    public sealed record AskCallBack(QueueTicket Ticket, string Number, string? Shown, DateTimeOffset At) : DistributorCommand;

    /// <summary>A consultant took the call-back, but whom it was for could not be reached; said before <see cref="TalkEnded"/>.</summary>
    public sealed record CallBackFailed(QueueTicket Ticket, long Offer, string Cause, DateTimeOffset At) : DistributorCommand;

    /// <summary>The call that is to call somebody back is there, and its consultants are being rung: that is all there is to say.</summary>
    public sealed record StillRings(QueueTicket Ticket) : DistributorCommand;

    // by people; each answers Accepted or a Rejection

    public sealed record LogIn(ExtensionNumber Queue, ConsultantId Consultant) : DistributorCommand;

    public sealed record LogOut(ExtensionNumber Queue, ConsultantId Consultant) : DistributorCommand;

    public sealed record Pause(ExtensionNumber Queue, ConsultantId Consultant, string? Reason) : DistributorCommand;

    public sealed record Unpause(ExtensionNumber Queue, ConsultantId Consultant) : DistributorCommand;

    // by time, and by what changes around

    /// <summary>Something may have changed: a consultant came free, a wait is over.</summary>
    public sealed record Look : DistributorCommand;
}

/// <summary>A consultant who was rung did not take the call.</summary>
public sealed record MissedOffer(ConsultantId Consultant, string Cause);

/// <summary>How a caller came out of a queue.</summary>
public enum QueueExit
{
    Answered,

    /// <summary>Hung up while waiting.</summary>
    Abandoned,
    Timeout,
    Full,
    NoConsultants,

    /// <summary>Pressed the exit key.</summary>
    Key,

    /// <summary>Was called back, or could not be for as often as it was tried.</summary>
    CallBack,

    /// <summary>The queue was deleted.</summary>
    Gone,

    /// <summary>The call was lost in a restart.</summary>
    Lost,
}
