using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Schemes.Simulation;

/// <summary>
/// A call that is only thought of: where it begins, when, by which number, which keys the caller would press, and what those do who are rung.
/// </summary>
public sealed record SimulatedCall(SchemePosition Start, DateTimeOffset At)
{
    /// <summary>The tenant's number that was dialled.</summary>
    public E164? Dialled { get; init; }

    /// <summary>Pressed one after the other, each as soon as the exchange waits for a key.</summary>
    public string Digits { get; init; } = "";

    /// <summary>What servers that are asked would answer, by the element's id; anything else is an error.</summary>
    public ImmutableDictionary<string, string> Decisions { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Who is logged in to the company's queues, and who waits there; null: the linked consultants, and nobody.</summary>
    public DistributorState? Queues { get; init; }

    /// <summary>
    /// By extension, external number's id, or number; by a queue's number: answered, full (busy), nobody logged in (unreachable), or waited for in vain.
    /// Anybody else answers, if he can be rung as things are now.
    /// </summary>
    public ImmutableDictionary<string, Callee> Callees { get; init; } = ImmutableDictionary<string, Callee>.Empty;
}
