using System.Collections.Immutable;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues;

/// <summary>
/// All queues of a company as they are now. One actor has them all, since consultants are shared between queues: so none is rung by two, and
/// weights need no agreement.
/// </summary>
public sealed record DistributorState
{
    public static readonly DistributorState Initial = new();

    public ImmutableSortedDictionary<ExtensionNumber, QueueState> Queues { get; init; } =
        ImmutableSortedDictionary<ExtensionNumber, QueueState>.Empty;

    /// <summary>Those who ring, talk or wrap up; anybody else is idle.</summary>
    public ImmutableSortedDictionary<ConsultantId, ConsultantState> Consultants { get; init; } =
        ImmutableSortedDictionary<ConsultantId, ConsultantState>.Empty;

    /// <summary>The number of the last offer.</summary>
    public long Offers { get; init; }

    /// <summary>The number of the last offer that each has taken and is done with, in whichever queue.</summary>
    public ImmutableSortedDictionary<ConsultantId, long> Done
    {
        get => field ?? ImmutableSortedDictionary<ConsultantId, long>.Empty;
        init;
    }
}

/// <summary>One queue: who waits, and who is logged in.</summary>
public sealed record QueueState(ExtensionNumber Number)
{
    /// <summary>First come, first served: by the time since when they wait.</summary>
    public ImmutableArray<WaitingCaller> Waiting { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Not linked, logged in by code: after the linked ones, in order of login.</summary>
    public ImmutableArray<ConsultantId> LoggedIn { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Linked ones who have logged out.</summary>
    public ImmutableSortedSet<ConsultantId> LoggedOut { get => field ?? []; init; } = [];

    public ImmutableSortedDictionary<ConsultantId, ConsultantPause> Paused
    {
        get => field ?? ImmutableSortedDictionary<ConsultantId, ConsultantPause>.Empty;
        init;
    }

    public ImmutableSortedDictionary<ConsultantId, ConsultantTally> Tallies
    {
        get => field ?? ImmutableSortedDictionary<ConsultantId, ConsultantTally>.Empty;
        init;
    }

    /// <summary>Who was rung last: round robin goes on after him.</summary>
    public ConsultantId? LastRung { get; init; }

    /// <summary>How long a call takes its consultant, wrap-up with it: a moving average; zero before the first.</summary>
    public TimeSpan AverageTalk { get; init; }
}

/// <summary>Somebody who waits, or who waits to be called back.</summary>
public sealed record WaitingCaller(QueueTicket Ticket, string Caller, string? CallerName, DateTimeOffset Since)
{
    public string? Skill { get; init; }

    public QueueOffer? Offer { get; init; }

    /// <summary>Consultants who did not take this call in the round under way.</summary>
    public ImmutableArray<ConsultantId> Tried { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Who is in <see cref="Tried"/> is not rung for it before: the pause between two rounds.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until then they are not, though others wait for them.</summary>
    public DateTimeOffset? RestsUntil { get; init; }

    /// <summary>It has hung up and is to be called on this number; null: it is on the line.</summary>
    public CallBackPlace? CallBack { get; init; }
}

/// <summary>Where and how a caller is called back, and how often it was tried.</summary>
public sealed record CallBackPlace(string Number, string? Shown, DateTimeOffset AskedAt, int Tries = 0)
{
    /// <summary>
    /// Not called before, and those behind go first: the caller still hears that the place is kept (<see cref="HasHungUp"/>), or it was tried in vain.
    /// </summary>
    public DateTimeOffset? NotBefore { get; init; }

    public bool HasHungUp { get; init; }
}

/// <summary>
/// Consultants who are being rung for a caller; by the call of <paramref name="Ticket"/>: the caller's own, or the one that calls back.
/// </summary>
public sealed record QueueOffer(long Number, QueueTicket Ticket, ImmutableArray<ConsultantId> Consultants, DateTimeOffset At);

/// <summary>Why a consultant gets no calls though he is logged in.</summary>
public sealed record ConsultantPause(string? Reason, DateTimeOffset Since)
{
    /// <summary>Because of calls that he did not take; ends when he logs in.</summary>
    public bool Automatic { get; init; }
}

/// <summary>What the strategies need to know of a consultant in a queue.</summary>
public sealed record ConsultantTally
{
    /// <summary>The local day that <see cref="Taken"/> counts.</summary>
    public DateOnly Day { get; init; }

    public int Taken { get; init; }

    /// <summary>Offers in a row that he did not take.</summary>
    public int Missed { get; init; }

    public DateTimeOffset? LastEnded { get; init; }
}

/// <summary>What a consultant does for any of the company's queues.</summary>
public sealed record ConsultantState(ConsultantId Id)
{
    /// <summary>The queue for which he rings, talks or wraps up.</summary>
    public required ExtensionNumber Queue { get; init; }

    public required ConsultantActivity Activity { get; init; }

    /// <summary>Of the call that rings him or that he talks in.</summary>
    public required QueueTicket Ticket { get; init; }

    public long Offer { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>Of a wrap-up.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The caller whom he talks with, as it waited: a call-back that reaches nobody gets its place again.</summary>
    public WaitingCaller? Caller { get; init; }

    /// <summary>That one was not reached.</summary>
    public bool InVain { get; init; }
}

/// <summary>What a consultant is busy with.</summary>
public enum ConsultantActivity { Ringing, Talking, WrappingUp }
