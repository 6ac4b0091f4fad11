using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>
/// Grupa: rings several extensions, at once or one after the other. Who is busy, away or forwarded is passed over; no member's own forward is followed.
/// </summary>
public sealed record RingGroupElement : SchemeElement
{
    const string NoAnswerExit = "noAnswer";
    const int MostMembers = 50;

    public required ImmutableArray<ExtensionNumber> Members { get; init; }

    public RingStrategy Strategy { get; init; }

    /// <summary>How long all ring together, or each in turn.</summary>
    public int RingSeconds { get; init; } = 20;

    /// <summary>How often everybody is tried, for <c>rounds</c>.</summary>
    public int Rounds { get; init; } = 3;

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [new(NoAnswerExit, Required: false)];

    [JsonIgnore]
    public override IEnumerable<ElementNeed> Needs => Members.Select((member, index) => new ElementNeed.Extension($"members[{index}]", member));

    public override IEnumerable<OptionFault> OptionFaults()
    {
        if (Members.Length is 0 or > MostMembers) yield return new OptionFault("members", $"must have 1 to {MostMembers} entries");
        if (Members.Distinct().Count() != Members.Length) yield return new OptionFault("members", "names an extension twice");
        foreach (var fault in OptionFault.Within("ringSeconds", RingSeconds, 5, 180).Concat(OptionFault.Within("rounds", Rounds, 1, 10))) yield return fault;
    }

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
    {
        ElementNews.Entered when Strategy is RingStrategy.All => RingAll(context),
        ElementNews.Entered => RingFrom(0, context, EndCause.NoAnswer),
        ElementNews.NotReached(var cause) when Strategy is RingStrategy.All => Nobody(cause),
        ElementNews.NotReached(var cause) => RingFrom(memory.Position + 1, context, cause),
        _ => new ElementStep.Stay("somebody is being rung") { Memory = memory },
    };

    ElementStep RingAll(ElementContext context)
    {
        var route = Route(Members, context);
        return route.Next is RouteStep.Refuse(var cause) ? Nobody(cause) : new ElementStep.Ring(route, "rings the group");
    }

    /// <summary>
    /// The next member that can be rung, from a turn on. Turns count through all rounds; a whole round in which nobody can be rung is the last,
    /// or the group would go round without a pause.
    /// </summary>
    ElementStep RingFrom(int turn, ElementContext context, EndCause cause)
    {
        var turns = Math.Min(Members.Length * (Strategy is RingStrategy.Rounds ? Rounds : 1), turn + Members.Length);
        for (; turn < turns; turn++)
        {
            var route = Route([Members[turn % Members.Length]], context);
            if (route.Next is RouteStep.Refuse) continue;
            var round = Strategy is RingStrategy.Rounds ? $", round {(turn / Members.Length) + 1} of {Rounds}" : "";
            return new ElementStep.Ring(route, $"rings {Members[turn % Members.Length]} of the group{round}") { Memory = new ElementMemory(Position: turn) };
        }

        return Nobody(cause);
    }

    static ElementStep.Leave Nobody(EndCause cause) => new(NoAnswerExit, $"nobody of the group has answered ({cause.Code})", cause);

    Route Route(ImmutableArray<ExtensionNumber> members, ElementContext context) =>
        context.Plan.ToGroup(context.Tenant, members, TimeSpan.FromSeconds(RingSeconds), context.Caller, context.Call);
}

/// <summary>In which order a group rings.</summary>
public enum RingStrategy
{
    /// <summary>Everybody at once.</summary>
    All,

    /// <summary>One after the other, once.</summary>
    InOrder,

    /// <summary>One after the other, several times.</summary>
    Rounds,
}
