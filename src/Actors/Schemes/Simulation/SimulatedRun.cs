using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Schemes.Simulation;

/// <summary>What would happen to a call: the way through the elements, what is heard, who rings, and how it ends.</summary>
public sealed record SimulatedRun(
    ImmutableArray<SimulatedDecision> Path, ImmutableArray<SoundId> Heard, ImmutableArray<SimulatedRing> Rings, SimulatedEnd End);

/// <summary>A decision and the moment at which it would be taken; how long sounds last is not counted.</summary>
public sealed record SimulatedDecision(SchemeDecision Decision, DateTimeOffset At);

/// <summary>Somebody is rung: extensions, or a number outside with its price per minute.</summary>
public sealed record SimulatedRing(ImmutableArray<string> Whom, CallerId Shown, TimeSpan For, Callee Outcome, DateTimeOffset At)
{
    public string? Destination { get; init; }

    public Price? PerMinute { get; init; }
}

/// <summary>How a simulated call ends.</summary>
public abstract record SimulatedEnd
{
    SimulatedEnd() { }

    public sealed record Answered(string By) : SimulatedEnd;

    public sealed record Ended(EndCause Cause) : SimulatedEnd;

    /// <summary>It was still on its way after as many steps as are looked at: a caller who does nothing goes round in a menu.</summary>
    public sealed record Unfinished : SimulatedEnd;
}
