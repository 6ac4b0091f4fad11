using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Supervision;
using TeleCube.Kernel.Timers;

namespace TeleCube.Kernel.Actors;

/// <summary>Something that handles one message at a time; nothing in it needs a lock and nothing in it may block.</summary>
public abstract class Actor
{
    ActorCell? _cell;
    Action<object>? _behaviour;

    internal ActorCell Cell
    {
        get => _cell ?? throw new InvalidOperationException($"{GetType().Name} has no context in its constructor: use PreStart");
        set => _cell = value;
    }

    protected ActorContext Context => new(Cell);

    protected ActorRef Self => Cell;

    /// <summary>Who sent the message that is being handled; <see cref="ActorRef.Nobody"/> if it does not matter.</summary>
    protected ActorRef Sender => Cell.Sender;

    protected ActorTimers Timers => Cell.Timers;

    /// <summary>What becomes of a child that fails.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy => SupervisorStrategy.Default;

    protected abstract void Receive(object message);

    /// <summary>Called for each incarnation before its first message.</summary>
    protected virtual void PreStart() { }

    /// <summary>Called for each incarnation after its last message, also before a restart.</summary>
    protected virtual void PostStop() { }

    protected virtual void Reply(object message) => Cell.Sender.Tell(message, Cell);

    /// <summary>Counts and publishes a message that this actor does not know; an answer nobody asked for is no fault.</summary>
    protected void Unhandled(object message)
    {
        if (message is not (Accepted or Rejection)) Cell.Unhandled(message);
    }

    /// <summary>Handles the following messages with another method. For stateless protocols: a persistent actor's behaviour follows its state.</summary>
    protected void Become(Action<object> behaviour) => _behaviour = behaviour;

    protected void Unbecome() => _behaviour = null;

    /// <summary>Puts the current message aside until <see cref="UnstashAll"/>.</summary>
    protected void Stash() => Cell.Stash();

    /// <summary>Handles the stashed messages next, in their order, before any other.</summary>
    protected void UnstashAll() => Cell.UnstashAll();

    /// <summary>Stops once the mailbox is empty. An entity's later messages start a new incarnation; none is lost.</summary>
    protected void Passivate() => Cell.Passivate();

    internal SupervisorStrategy Strategy => SupervisorStrategy;

    /// <summary>True while something must end before this actor may stop or restart: an append in flight.</summary>
    internal virtual bool MustFinish => false;

    internal virtual void Start() => PreStart();

    internal virtual void Stop() => PostStop();

    internal virtual void Handle(object message)
    {
        if (_behaviour is { } behaviour) behaviour(message);
        else Receive(message);
    }

    /// <summary>Something that this actor awaited is complete.</summary>
    internal virtual void Wake() { }

    /// <summary>The supervisor has given up on this actor.</summary>
    internal virtual void GivenUp(Exception failure) { }
}
