using System.Diagnostics;
using System.Text.Json.Serialization;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Tests.Given;

abstract record CounterEvent
{
    CounterEvent() { }

    public sealed record Added(int Amount) : CounterEvent;

    public sealed record Named(string Name) : CounterEvent;

    public sealed record Closed : CounterEvent;
}

abstract record CounterCommand
{
    CounterCommand() { }

    public sealed record Add(params int[] Amounts) : CounterCommand;

    /// <summary>Takes a unique name in the directory.</summary>
    public sealed record Name(string Value) : CounterCommand;

    public sealed record Close : CounterCommand;

    public sealed record Get : CounterCommand;

    /// <summary>Throws in Receive.</summary>
    public sealed record Crash : CounterCommand;

    /// <summary>Settles, and replies with something of its own.</summary>
    public sealed record AddAndTell(int Amount) : CounterCommand;

    public sealed record GoToSleep : CounterCommand;
}

sealed record CounterState(int Total = 0, string? Name = null, bool IsClosed = false);

/// <summary>The smallest entity with all four verbs: it adds, up to 1000, and refuses what is negative.</summary>
static class Counter
{
    public const int Poison = 666;

    public static Decision<CounterEvent> Decide(CounterState counter, CounterCommand command) => command switch
    {
        _ when counter.IsClosed => Decision<CounterEvent>.Reject("closed"),
        CounterCommand.Add { Amounts.Length: 0 } => Decision<CounterEvent>.Nothing,
        CounterCommand.Add(var amounts) when amounts.Any(amount => amount < 0) => Decision<CounterEvent>.Reject("negative"),
        CounterCommand.Add(var amounts) => amounts.Select(CounterEvent (amount) => new CounterEvent.Added(amount)).ToArray(),
        CounterCommand.Name(var name) => new CounterEvent.Named(name),
        CounterCommand.Close => new CounterEvent.Closed(),
        _ => Decision<CounterEvent>.Nothing,
    };

    public static CounterState Apply(CounterState counter, CounterEvent happened) => happened switch
    {
        CounterEvent.Added(Poison) => throw new InvalidOperationException("poison"),
        CounterEvent.Added(var amount) => counter with { Total = counter.Total + amount },
        CounterEvent.Named(var name) => counter with { Name = name },
        CounterEvent.Closed => counter with { IsClosed = true },
        _ => throw new UnreachableException($"no Apply for {happened.GetType().Name}"),
    };
}

[JsonSerializable(typeof(CounterEvent.Added))]
[JsonSerializable(typeof(CounterEvent.Named))]
[JsonSerializable(typeof(CounterEvent.Closed))]
[JsonSerializable(typeof(CounterState))]
sealed partial class CounterJson : JsonSerializerContext
{
    public static EventRegistry Registry() => new EventRegistry()
        .Add("counter.added", 1, Default.Added)
        .Add("counter.named", 1, Default.Named)
        .Add("counter.closed", 1, Default.Closed)
        .Add("counter.state", 1, Default.CounterState);
}

sealed class CounterActor(EntityId id, CounterHooks hooks)
    : PersistentActor<CounterState, CounterEvent>(id.PersistenceId, new CounterState(), Counter.Apply)
{
    protected override int SnapshotEvery => hooks.SnapshotEvery;

    protected override void Receive(object message)
    {
        switch (message)
        {
            case CounterCommand.Get: Reply(State); break;
            case CounterCommand.Crash: throw new InvalidOperationException("crash");
            case CounterCommand.GoToSleep: Passivate(); break;
            case CounterCommand.AddAndTell(var amount):
                Settle(new CounterEvent.Added(amount));
                Reply("told");
                break;
            case CounterCommand command: Settle(Counter.Decide(State, command)); break;
            default: Unhandled(message); break;
        }
    }

    protected override void React(CounterEvent happened)
    {
        hooks.Log?.Invoke($"react {happened} at {State.Total}/{SequenceNr}");
        hooks.React?.Invoke(happened);
        if (happened is CounterEvent.Added { Amount: var amount } && hooks.FollowUp?.Invoke(amount) is { } next) Settle(next);
        if (happened is CounterEvent.Closed) Passivate();
    }

    protected override void Resume()
    {
        hooks.Log?.Invoke($"resume at {State.Total}/{SequenceNr}");
        hooks.Resume?.Invoke();
        if (hooks.TickAfter is { } wait) Timers.After("tick", wait, new CounterCommand.Add(1));
    }

    protected override IEnumerable<StoreWrite> Project(CounterEvent happened, CounterState after)
    {
        if (happened is CounterEvent.Named(var name)) yield return new StoreWrite.Claim("name", name, id.Tenant);
        if (happened is CounterEvent.Added) yield return new StoreWrite.Remember(id);
    }

    protected override void AppendFailed(AppendOutcome why, IReadOnlyList<CounterEvent> lost) =>
        hooks.Log?.Invoke($"lost {lost.Count}: {why.Status}");
}

/// <summary>What a test wants to see of a counter, or to do to it.</summary>
sealed record CounterHooks
{
    public Action<string>? Log { get; init; }

    public Action<CounterEvent>? React { get; init; }

    public Action? Resume { get; init; }

    public Func<int, CounterEvent?>? FollowUp { get; init; }

    public TimeSpan? TickAfter { get; init; }

    public int SnapshotEvery { get; init; }
}
