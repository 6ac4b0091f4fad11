using TeleCube.Kernel.Persistence;

namespace TeleCube.Kernel.Actors;

/// <summary>The only way to reach an actor: a message put into its mailbox, from any thread, never waiting.</summary>
public abstract class ActorRef
{
    /// <summary>Nobody: takes every message and forgets it.</summary>
    public static readonly ActorRef Nobody = new NobodyRef();

    public abstract string Path { get; }

    /// <summary>Tells, and says whether the message was taken; a refused one (mailbox full, actor stopped) is a counted dead letter.</summary>
    public abstract bool TryTell(object message, ActorRef? sender = null);

    public void Tell(object message, ActorRef? sender = null) => TryTell(message, sender);

    /// <summary>The clock by which asking this ref times out.</summary>
    protected internal virtual TimeProvider Clock => TimeProvider.System;

    /// <summary>A message whose sender this ref is will never be answered. Only who waits for an answer cares.</summary>
    protected internal virtual void Refused(Rejection why) { }

    public override string ToString() => Path;

    sealed class NobodyRef : ActorRef
    {
        public override string Path => "/nobody";

        public override bool TryTell(object message, ActorRef? sender = null) => true;
    }
}
