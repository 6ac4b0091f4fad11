using TeleCube.Kernel.Persistence;

namespace TeleCube.Tests.Support;

/// <summary>Given events, when a command, then events or a rejection: the form of every aggregate's tests (STYLE §6).</summary>
public sealed class Spec<TState, TCommand, TEvent>(
    TState state, Func<TState, TCommand, Decision<TEvent>> decide, Func<TState, TEvent, TState> apply)
    where TEvent : class
{
    public Spec<TState, TCommand, TEvent> Given(params TEvent[] happened) => new(happened.Aggregate(state, apply), decide, apply);

    public SpecOutcome<TState, TEvent> When(TCommand command)
    {
        var decision = decide(state, command);
        return new SpecOutcome<TState, TEvent>(decision, decision.Events.Aggregate(state, apply));
    }
}

/// <summary>What the command came to, and the state after it.</summary>
public sealed class SpecOutcome<TState, TEvent>(Decision<TEvent> decision, TState after)
    where TEvent : class
{
    public TState After => after;

    public SpecOutcome<TState, TEvent> Then(params TEvent[] expected)
    {
        if (decision.Rejection is { } refused) throw new SpecException($"expected {Print(expected)}, but it was refused: {refused.Code} {refused.Detail}");
        if (!decision.Events.SequenceEqual(expected)) throw new SpecException($"expected {Print(expected)}, but there was {Print(decision.Events)}");
        return this;
    }

    public SpecOutcome<TState, TEvent> ThenState(Func<TState, bool> holds)
    {
        if (decision.Rejection is { } refused) throw new SpecException($"refused: {refused.Code} {refused.Detail}");
        if (!holds(after)) throw new SpecException($"the state after {Print(decision.Events)} is another: {after}");
        return this;
    }

    public void ThenRejected(string code)
    {
        if (decision.Rejection?.Code != code) throw new SpecException($"expected refusal {code}, but there was {decision.Rejection?.Code ?? Print(decision.Events)}");
    }

    static string Print(IEnumerable<TEvent> events) => $"[{string.Join(", ", events)}]";
}

/// <summary>A specification that does not hold.</summary>
public sealed class SpecException(string message) : Exception(message);
