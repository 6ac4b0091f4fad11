using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Supervision;

namespace TeleCube.Kernel.Tests.Given;

/// <summary>An actor whose every part is a lambda of the test.</summary>
sealed class Scripted(Action<Scripted, object> receive) : Actor
{
    public Action<Scripted>? Started { get; init; }

    public Action<Scripted>? Stopped { get; init; }

    public SupervisorStrategy? Supervising { get; init; }

    public new ActorContext Context => base.Context;

    public new ActorRef Sender => base.Sender;

    public new Kernel.Timers.ActorTimers Timers => base.Timers;

    public new void Reply(object message) => base.Reply(message);

    public new void Become(Action<object> behaviour) => base.Become(behaviour);

    public new void Unbecome() => base.Unbecome();

    public new void Stash() => base.Stash();

    public new void UnstashAll() => base.UnstashAll();

    public new void Passivate() => base.Passivate();

    public new void Unhandled(object message) => base.Unhandled(message);

    protected override SupervisorStrategy SupervisorStrategy => Supervising ?? base.SupervisorStrategy;

    protected override void PreStart() => Started?.Invoke(this);

    protected override void PostStop() => Stopped?.Invoke(this);

    protected override void Receive(object message) => receive(this, message);
}
