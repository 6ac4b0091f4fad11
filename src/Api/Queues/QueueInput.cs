using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Queues;

/// <summary>All settings of a queue; what is left out gets its default.</summary>
public record QueueInput
{
    const int MaxName = 100;

    public string? Name { get; init; }

    /// <summary>Konsultanci powiązani z kolejką, in the order in which they are rung.</summary>
    public IReadOnlyList<LinkedConsultantInput>? Consultants { get; init; }

    public QueueStrategy Strategy { get; init; }

    /// <summary>Heard once: an announcement's id, or prompt/NAME.</summary>
    public SoundId? Welcome { get; init; }

    /// <summary>What those who wait hear over and over: an announcement's id, or music/ and a class of music; without it, the company's music on hold.</summary>
    public SoundId? Music { get; init; }

    /// <summary>Between two announcements of position and expected wait, 10 to 3600; 0: none.</summary>
    public int? AnnounceEverySeconds { get; init; }

    public bool AnnouncesPosition { get; init; }

    public bool AnnouncesWait { get; init; }

    public SoundId? Periodic { get; init; }

    /// <summary>10 to 3600, or 0 for never; 60 where <c>periodic</c> is given and this is not.</summary>
    public int? PeriodicEverySeconds { get; init; }

    /// <summary>How long a consultant is rung for one caller, 5 to 180; 20.</summary>
    public int? RingSeconds { get; init; }

    /// <summary>Before everybody is tried again, 1 to 300; 5.</summary>
    public int? RetryPauseSeconds { get; init; }

    /// <summary>A consultant's rest after a call, up to 3600; 0.</summary>
    public int? WrapUpSeconds { get; init; }

    /// <summary>Who has waited as long leaves by the exit <c>timeout</c>, 5 to 86400; 0: never.</summary>
    public int? MaxWaitSeconds { get; init; }

    /// <summary>Who comes while as many wait leaves by the exit <c>full</c>, up to 1000; 0: no bound.</summary>
    public int? MaxLength { get; init; }

    /// <summary>A consultant of several queues takes callers of the heaviest first, 0 to 100.</summary>
    public int? Weight { get; init; }

    public EmptyQueue WhenEmpty { get; init; }

    public string? CallBackKey { get; init; }

    public string? ExitKey { get; init; }

    public bool FollowForwards { get; init; }

    public bool RingsBusy { get; init; }

    /// <summary>After so many calls in a row that he did not take a consultant is paused, up to 100; 0: never.</summary>
    public int? PauseAfterMisses { get; init; }

    /// <summary>A call answered within it counts for the service level, 1 to 3600; 20.</summary>
    public int? ServiceLevelSeconds { get; init; }

    internal Queue ToQueue(ExtensionNumber number, TenantState tenant, INumberInfo plan, Faults faults) => new(number)
    {
        Name = faults.Required("name", Name, MaxName),
        Consultants = [.. (Consultants ?? []).Select(linked => linked.ToLink(tenant, plan))],
        Strategy = Strategy,
        Welcome = Welcome,
        Music = Music,
        AnnounceEvery = Seconds(AnnounceEverySeconds, AnnouncesPosition || AnnouncesWait ? 60 : 0),
        AnnouncesPosition = AnnouncesPosition,
        AnnouncesWait = AnnouncesWait,
        Periodic = Periodic,
        PeriodicEvery = Seconds(PeriodicEverySeconds, Periodic is null ? 0 : 60),
        RingFor = Seconds(RingSeconds, 20),
        RetryPause = Seconds(RetryPauseSeconds, 5),
        WrapUp = Seconds(WrapUpSeconds, 0),
        MaxWait = Seconds(MaxWaitSeconds, 0),
        MaxLength = MaxLength ?? 0,
        Weight = Weight ?? 0,
        WhenEmpty = WhenEmpty,
        CallBackKey = Key("callBackKey", CallBackKey, faults),
        ExitKey = Key("exitKey", ExitKey, faults),
        FollowForwards = FollowForwards,
        RingsBusy = RingsBusy,
        PauseAfterMisses = PauseAfterMisses ?? 0,
        ServiceLevel = Seconds(ServiceLevelSeconds, 20),
    };

    static TimeSpan Seconds(int? given, int otherwise) => TimeSpan.FromSeconds(given ?? otherwise);

    static char? Key(string field, string? text, Faults faults)
    {
        if (text is not null && text.Length != 1) faults.Add(field, "must be one of 0-9, * and #");
        return text is { Length: 1 } ? text[0] : null;
    }
}

/// <summary>A new queue.</summary>
public sealed record NewQueueInput : QueueInput
{
    /// <summary>3 or 4 digits that no extension and no ring group has.</summary>
    public string? Number { get; init; }
}

/// <summary>A consultant of the queue: <c>{ "id": "10" }</c>, or <c>{ "id": "external:anna" }</c> for an external number.</summary>
public sealed record LinkedConsultantInput
{
    public required ConsultantId Id { get; init; }

    /// <summary>For external numbers: must press 1 to take the call. Without it: yes for Polish mobiles that have no DTMF sequence.</summary>
    public bool? PressOne { get; init; }

    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>For the strategy <c>skills</c>: 1 is asked first; 0 to 100.</summary>
    public int Priority { get; init; }

    internal LinkedConsultant ToLink(TenantState tenant, INumberInfo plan) => new(Id)
    {
        PressOne = PressOne ?? AsksByDefault(tenant, plan),
        Skills = [.. Skills ?? []],
        Priority = Priority,
    };

    /// <summary>A mobile's voice mail would take the call (PRODUCT §5).</summary>
    bool AsksByDefault(TenantState tenant, INumberInfo plan) =>
        Id.External is { } external && tenant.ExternalNumbers.GetValueOrDefault(external) is { DtmfSequence: null } number && plan.Of(number.Number).Class is NumberClass.Mobile;
}
