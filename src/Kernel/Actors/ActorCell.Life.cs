using TeleCube.Kernel.Mailbox;
using TeleCube.Kernel.Sharding;
using TeleCube.Kernel.Supervision;
using TeleCube.Kernel.Timers;

namespace TeleCube.Kernel.Actors;

/// <summary>Start and end of an actor, and what the kernel tells it in between.</summary>
sealed partial class ActorCell
{
    enum Phase { New, Running, Failed, Restarting, Stopping, Stopped }

    Phase _phase;
    Children? _children;
    List<ActorRef>? _watchers;
    bool _stopWanted;
    volatile bool _subscribed;
    volatile bool _over;
    TaskCompletionSource? _ended;

    /// <summary>Completes when this actor has ended for good.</summary>
    internal Task Ended
    {
        get
        {
            var ended = LazyInitializer.EnsureInitialized(ref _ended, static () => new(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_over) ended.TrySetResult();
            return ended.Task;
        }
    }

    internal ActorCell Spawn(Props props, string? name)
    {
        var child = TrySpawn(props, name) ?? throw new InvalidOperationException($"{Path} has stopped and starts no child");
        child.Schedule();
        return child;
    }

    /// <summary>A child that is not scheduled yet, with messages that are handled before any other; null when this actor is ending.</summary>
    internal ActorCell? TrySpawn(Props props, string? name, Entity? entity = null, IReadOnlyCollection<Envelope>? first = null)
    {
        return OwnChildren.Add(name, unique => new ActorCell(System, this, props, unique, entity, first));
    }

    Children OwnChildren => LazyInitializer.EnsureInitialized(ref _children, static () => new Children());

    internal void AddWatcher(ActorRef watcher)
    {
        if (!TellSystem(new SystemMessage.Watch(watcher))) Tell(watcher, new Terminated(this));
    }

    internal void RemoveWatcher(ActorRef watcher) => TellSystem(new SystemMessage.Unwatch(watcher));

    internal void Subscribed() => _subscribed = true;

    internal void Passivate() => _passivating = true;

    internal TimeSpan IdleFor => System.Clock.GetElapsedTime(Volatile.Read(ref _lastActive));

    bool CanPassivate => _phase is Phase.Running && !_held && _next is not { Count: > 0 } && !_mailbox.HasUser;

    // A death notice must not be lost to a full mailbox.
    static void Tell(ActorRef watcher, Terminated notice)
    {
        if (watcher is ActorCell cell) cell.TellSystem(notice);
        else watcher.Tell(notice);
    }

    void Handle(object message)
    {
        switch (message)
        {
            case ActorTimers.Entry tick: if (_timers?.Take(tick) is { } due) HandleNext(due); break;
            case Actor incarnation: Wake(incarnation); break;
            case Terminated notice: HandleNext(notice); break;
            case SystemMessage signal: Handle(signal); break;
        }
    }

    void Handle(SystemMessage signal)
    {
        switch (signal)
        {
            case SystemMessage.Stop: RequestStop(); break;
            case SystemMessage.GiveUp(var failure): _actor?.GivenUp(failure); RequestStop(); break;
            case SystemMessage.Resume: Resume(); break;
            case SystemMessage.Restart(var delay): Restart(delay); break;
            case SystemMessage.RestartDue: _delayOver = true; TryRecreate(); break;
            case SystemMessage.ChildFailed(var who, var why): Supervise(who, why); break;
            case SystemMessage.ChildrenGone: ChildrenGone(); break;
            case SystemMessage.Watch(var watcher): (_watchers ??= []).Add(watcher); break;
            case SystemMessage.Unwatch(var watcher): _watchers?.Remove(watcher); break;
            case SystemMessage.PassivateIfIdle(var wait): PassivateIfIdle(wait); break;
        }
    }

    void Enter(Phase phase)
    {
        _phase = phase;
        SetHeld();
    }

    void Create()
    {
        try
        {
            Enter(Phase.Running);
            _actor = _props.Factory();
            _actor.Cell = this;
            _actor.Start();
        }
        catch (Exception failure)
        {
            Fail(failure, null);
        }
    }

    void Wake(Actor incarnation)
    {
        if (incarnation != _actor) return; // the append or recovery of an incarnation that has ended
        try
        {
            incarnation.Wake();
        }
        catch (Exception failure)
        {
            Fail(failure, null);
        }
        Sender = Nobody;
        if (incarnation.MustFinish) return;
        if (_stopWanted) BeginStop();
        else if (_pendingFailure is { } failure && _phase is Phase.Running) Fail(failure, null);
        _pendingFailure = null;
    }

    void ChildrenGone()
    {
        if (_phase is Phase.Restarting) TryRecreate();
        else if (_phase is Phase.Stopping && ChildrenAreGone) FinishStop();
    }

    bool ChildrenAreGone => _children is not { Count: > 0 };

    void RequestStop()
    {
        if (_actor is { MustFinish: true }) _stopWanted = true;
        else BeginStop();
    }

    void BeginStop()
    {
        if (_phase is Phase.Stopping or Phase.Stopped) return;
        Enter(Phase.Stopping);
        _restartTimer?.Dispose();
        OwnChildren.Close(); // also if there is none yet: a region may be about to start one
        EndIncarnation();
        if (ChildrenAreGone) FinishStop();
    }

    void EndIncarnation()
    {
        _children?.StopAll();
        var ended = _actor;
        _actor = null;
        _busy = false;
        try
        {
            ended?.Stop();
        }
        catch (Exception failure)
        {
            System.Failed(new ActorFailed(Path, failure, null));
        }
        _timers?.CancelAll(); // last, so that the end of an actor can arm none
    }

    /// <summary>From here on nothing is taken any more. What still waits goes to the entity's next incarnation, or is a dead letter.</summary>
    void FinishStop()
    {
        _phase = Phase.Stopped;
        _mailbox.Close();
        if (_subscribed) System.EventStream.Unsubscribe(this);
        System.Metrics.Stopped();
        Parent?.ChildEnded(this);
        while (_mailbox.TryReadSystem(out var message))
            if (message is SystemMessage.Watch(var late)) (_watchers ??= []).Add(late);
        foreach (var watcher in _watchers ?? []) Tell(watcher, new Terminated(this));
        var left = Left();
        if (Entity is { } entity) entity.Ended(left);
        else foreach (var letter in left) DeadLetter(letter, KernelRejections.Stopped);
        _over = true;
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _ended)?.TrySetResult();
    }

    List<Envelope> Left()
    {
        var left = new List<Envelope>();
        if (_stash is not null) left.AddRange(_stash);
        if (_next is not null) left.AddRange(_next);
        while (_mailbox.TryRead(out var envelope)) left.Add(envelope);
        return left;
    }

    void ChildEnded(ActorCell child)
    {
        if (_children!.Remove(child._name)) TellSystem(SystemMessage.ChildrenGone.Instance);
    }

    void PassivateIfIdle(TimeSpan wait)
    {
        // An armed timer or a child is something to live for.
        if (CanPassivate && IdleFor >= wait && _timers is not { Count: > 0 } && ChildrenAreGone && _actor is { MustFinish: false }) Passivate();
    }
}
