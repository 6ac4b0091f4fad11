using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Queues;

/// <summary>
/// Kolejka: how a company wants callers of one queue to be shared out among its consultants (PRODUCT §5). Its number has 3 or 4 digits.
/// </summary>
public sealed record Queue(ExtensionNumber Number)
{
    public string Name { get; init; } = "";

    /// <summary>Konsultanci powiązani z kolejką, in the order in which they are rung.</summary>
    public ImmutableArray<LinkedConsultant> Consultants { get => field.IsDefault ? [] : field; init; } = [];

    public QueueStrategy Strategy { get; init; }

    /// <summary>Heard once by who has just come, before the music; he waits in his place already.</summary>
    public SoundId? Welcome { get; init; }

    /// <summary>
    /// An announcement or a class of music, played over and over to those who wait; null: what the company's held parties hear.
    /// </summary>
    public SoundId? Music { get; init; }

    /// <summary>Between two announcements of position and expected wait; zero: none.</summary>
    public TimeSpan AnnounceEvery { get; init; }

    public bool AnnouncesPosition { get; init; }

    public bool AnnouncesWait { get; init; }

    /// <summary>Heard every <see cref="PeriodicEvery"/>; zero: never.</summary>
    public SoundId? Periodic { get; init; }

    public TimeSpan PeriodicEvery { get; init; }

    /// <summary>How long a consultant is rung for one caller.</summary>
    public TimeSpan RingFor { get => field == default ? TimeSpan.FromSeconds(20) : field; init; }

    /// <summary>Before everybody is tried again for a caller whom nobody took.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After a call a consultant gets no other for as long.</summary>
    public TimeSpan WrapUp { get; init; }

    /// <summary>Who has waited as long leaves by the exit <c>timeout</c>; zero: waits for ever.</summary>
    public TimeSpan MaxWait { get; init; }

    /// <summary>Who comes while as many wait leaves by the exit <c>full</c>; 0: no bound.</summary>
    public int MaxLength { get; init; }

    /// <summary>A consultant of several queues takes a caller of the heaviest first; the earliest of equal ones.</summary>
    public int Weight { get; init; }

    /// <summary>What becomes of callers while no consultant is logged in (one who is paused, busy or away is).</summary>
    public EmptyQueue WhenEmpty { get; init; }

    /// <summary>The key by which a caller asks to be called back, or null.</summary>
    public char? CallBackKey { get; init; }

    /// <summary>The key by which a caller leaves by the exit <c>key</c>, or null.</summary>
    public char? ExitKey { get; init; }

    /// <summary>A consultant's unconditional and unreachable forwards are followed; else he counts as unavailable (PRODUCT §5).</summary>
    public bool FollowForwards { get; init; }

    /// <summary>Consultants are rung while they talk, if their call waiting allows it.</summary>
    public bool RingsBusy { get; init; }

    /// <summary>After so many calls in a row that he did not take a consultant is paused; 0: never.</summary>
    public int PauseAfterMisses { get; init; }

    /// <summary>A call answered within it counts for the service level.</summary>
    public TimeSpan ServiceLevel { get => field == default ? TimeSpan.FromSeconds(20) : field; init; }

    public long Version { get; init; }
}

/// <summary>The link between a queue and one of its consultants.</summary>
public sealed record LinkedConsultant(ConsultantId Id)
{
    /// <summary>
    /// He must press 1 to take the call: a mobile's voice mail does not (PRODUCT §5). For external numbers without a DTMF sequence only.
    /// </summary>
    public bool PressOne { get; init; }

    /// <summary>A caller who needs a skill goes only to those who have it.</summary>
    public ImmutableArray<string> Skills { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>For <see cref="QueueStrategy.Skills"/>: 1 is asked first.</summary>
    public int Priority { get; init; }
}

/// <summary>Whom of the free consultants a caller gets; where it does not say, the order of the list does.</summary>
public enum QueueStrategy
{
    /// <summary>Each call starts at the top of the list.</summary>
    InOrder,

    /// <summary>Everybody at once.</summary>
    All,

    /// <summary>Whoever follows the one who was rung last.</summary>
    RoundRobin,

    /// <summary>Whose last call ended the longest ago.</summary>
    LongestIdle,

    /// <summary>Who has taken the fewest calls today.</summary>
    FewestCalls,
    Random,

    /// <summary>Of those with the skill the one with the lowest priority number.</summary>
    Skills,
}

/// <summary>What becomes of callers of a queue in which no consultant is logged in.</summary>
public enum EmptyQueue
{
    /// <summary>They come in and stay.</summary>
    Wait,

    /// <summary>New ones leave by the exit <c>noConsultants</c>; those who wait stay.</summary>
    Refuse,

    /// <summary>So do those who wait.</summary>
    Leave,
}
