using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Api.Http;

namespace TeleCube.Api.Schemes;

/// <summary>
/// What would happen: the way through the elements, what the caller hears, who rings, and the end. <c>version</c> is the saved one that was walked; null for
/// the draft, and for elements that were not saved.
/// </summary>
public sealed record SimulationView(int? Version, bool Draft, IReadOnlyList<DecisionView> Path, IReadOnlyList<string> Heard, IReadOnlyList<RingView> Rings, SimulationEndView End)
{
    internal static SimulationView Of(SimulatedRun run, (int? Version, bool Draft) walked) => new(
        walked.Version,
        walked.Draft,
        [.. run.Path.Select(
            step => new DecisionView(step.Decision.Scheme.Value, step.Decision.Element.Value, step.Decision.Exit, step.Decision.Reason, step.At))],
        [.. run.Heard.Select(sound => sound.Value)],
        [.. run.Rings.Select(RingView.Of)],
        SimulationEndView.Of(run.End));
}

/// <summary>An element's decision and its reason; <c>exit</c> is null while the call stays in it.</summary>
public sealed record DecisionView(string Scheme, string Element, string? Exit, string Reason, DateTimeOffset At);

/// <summary>Somebody is rung: extensions, or a number outside, then with its destination and price per minute.</summary>
public sealed record RingView(
    IReadOnlyList<string> Whom, string? ShownNumber, string? ShownName, int Seconds, Callee Outcome, DateTimeOffset At, string? Destination,
    Money? PricePerMinute)
{
    internal static RingView Of(SimulatedRing ring) => new(
        ring.Whom, ring.Shown.Hidden ? null : ring.Shown.Number, ring.Shown.Name, (int)ring.For.TotalSeconds, ring.Outcome, ring.At, ring.Destination,
        ring.PerMinute is { } price ? Money.Of(price) : null);
}

/// <summary>How a simulated call ends.</summary>
public enum SimulationOutcome { Answered, Ended, Unfinished }

/// <summary>Answered by whom, or ended for which cause; unfinished: it was still on its way after 200 waits, or rang for ever.</summary>
public sealed record SimulationEndView(SimulationOutcome Outcome, string? By, string? Cause, string? Text)
{
    internal static SimulationEndView Of(SimulatedEnd end) => end switch
    {
        SimulatedEnd.Answered(var by) => new(SimulationOutcome.Answered, by, null, null),
        SimulatedEnd.Ended(var cause) => new(SimulationOutcome.Ended, null, cause.Code, cause.Text),
        _ => new(SimulationOutcome.Unfinished, null, null, "still on its way after 200 waits, or for ever in a queue"),
    };
}
