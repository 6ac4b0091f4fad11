using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Kolejka: the caller waits for a consultant; if one answers, the scheme is over.</summary>
public sealed record QueueElement : SchemeElement
{
    public const string TimeoutExit = "timeout", FullExit = "full", NoConsultantsExit = "noConsultants", KeyExit = "key";

    static readonly EndCause _tooLong = EndCause.NoAnswer with { Text = "Nobody of the queue has answered in time" };
    static readonly EndCause _full = EndCause.Busy with { Text = "The queue is full" };
    static readonly EndCause _nobody = EndCause.Unreachable with { Text = "No consultant of the queue is logged in" };

    /// <summary>In <see cref="ElementMemory.Position"/>: the caller hears why the queue does not take it, and then the call ends.</summary>
    const int Waits = 0, HearsFull = 1, HearsNobody = 2;

    public required ExtensionNumber Queue { get; init; }

    /// <summary>What the consultant must be able to do; without it anybody of the queue will do.</summary>
    public string? Skill { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves =>
        [new(TimeoutExit, Required: false), new(FullExit, Required: false), new(NoConsultantsExit, Required: false), new(KeyExit, Required: false)];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs =>
        Skill is null ? [new ElementNeed.Queue("queue", Queue)] : [new ElementNeed.Queue("queue", Queue), new ElementNeed.Skill("skill", Queue, Skill)];

    /// <summary>A queue that is full, or has nobody, is left at once. The exit <c>timeout</c> is taken only of queues that have a longest wait.</summary>
    public override bool WaitsBefore(string exit, TenantState tenant) => exit is TimeoutExit or KeyExit;

    public override IEnumerable<OptionFault> OptionFaults() =>
        Skill is null || QueueFaults.IsSkill(Skill) ? [] : [new OptionFault("skill", QueueFaults.SkillRule)];

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context)
    {
        var queue = context.Tenant.Queues.GetValueOrDefault(Queue);
        return news switch
        {
            ElementNews.Played when memory.Position is HearsFull => new ElementStep.Leave(FullExit, $"queue {Queue} is full: the caller was told", _full),
            ElementNews.Played when memory.Position is HearsNobody =>
                new ElementStep.Leave(NoConsultantsExit, $"no consultant of queue {Queue} is logged in: the caller was told", _nobody),
            _ when memory.Position is not Waits => new ElementStep.Stay("the caller is being told") { Memory = memory },
            ElementNews.Entered when queue is not null =>
                new ElementStep.Join(Queue, Skill, $"waits in queue {Queue}{(Skill is null ? "" : $" for the skill '{Skill}'")}"),
            ElementNews.Entered => Gone(),
            ElementNews.Key(var key) when key == queue?.ExitKey && Exits.ContainsKey(KeyExit) => new ElementStep.Leave(KeyExit, $"the caller pressed {key}"),
            ElementNews.Key(var key) when key == queue?.CallBackKey =>
                new ElementStep.CallBack($"the caller pressed {key} to be called back") { Memory = memory },
            ElementNews.LeftQueue(var why) => Left(why),
            _ => new ElementStep.Stay("waits on") { Memory = memory },
        };
    }

    ElementStep Left(QueueExit why) => why switch
    {
        QueueExit.Timeout => new ElementStep.Leave(TimeoutExit, $"nobody of queue {Queue} has answered in time", _tooLong),
        QueueExit.Full when !Exits.ContainsKey(FullExit) => Tell("queue-full", HearsFull, $"queue {Queue} is full"),
        QueueExit.NoConsultants when !Exits.ContainsKey(NoConsultantsExit) => Tell("no-agents", HearsNobody, $"no consultant of queue {Queue} is logged in"),
        QueueExit.Full => new ElementStep.Leave(FullExit, $"queue {Queue} is full", _full),
        QueueExit.NoConsultants => new ElementStep.Leave(NoConsultantsExit, $"no consultant of queue {Queue} is logged in", _nobody),
        QueueExit.Key => new ElementStep.Leave(KeyExit, $"left queue {Queue} by its key"),
        QueueExit.Gone => Gone(),
        _ => new ElementStep.End(EndCause.HungUp, $"left queue {Queue}: {why}"),
    };

    /// <summary>Why whom a queue does not take in, or sends out, has reached nobody.</summary>
    public static EndCause CauseOf(QueueExit why) => why switch { QueueExit.Full => _full, QueueExit.Timeout => _tooLong, _ => _nobody };

    static ElementStep.Play Tell(string prompt, int hears, string reason) => new([SoundId.OfPrompt(prompt)], reason) { Memory = new ElementMemory(Position: hears) };

    ElementStep.Leave Gone() => new(NoConsultantsExit, $"queue {Queue} is gone", _nobody with { Text = $"Queue {Queue} is gone" });
}
