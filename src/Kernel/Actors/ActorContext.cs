using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Kernel.Actors;

/// <summary>What an actor may do with the system around it; valid while it handles a message.</summary>
public readonly struct ActorContext
{
    readonly ActorCell _cell;

    internal ActorContext(ActorCell cell) => _cell = cell;

    public ActorRef Self => _cell;

    public ActorRef Sender => _cell.Sender;

    public ActorRef Parent => (ActorRef?)_cell.Parent ?? ActorRef.Nobody;

    public ActorSystem System => _cell.System;

    /// <summary>Starts a child; its failures are this actor's to judge, and it stops with this actor.</summary>
    public ActorRef Spawn(Props props, string? name = null) => _cell.Spawn(props, name);

    /// <summary>Stops an actor after the message that it handles now; what still waits in its mailbox is a dead letter.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "stopping is said to the context, as spawning and watching are")]
    public void Stop(ActorRef actor) => ActorSystem.Stop(actor);

    /// <summary>Asks for a <see cref="Terminated"/> when that actor has stopped (at once if it has already).</summary>
    public void Watch(ActorRef actor) => (actor as ActorCell)?.AddWatcher(_cell);

    public void Unwatch(ActorRef actor) => (actor as ActorCell)?.RemoveWatcher(_cell);
}
