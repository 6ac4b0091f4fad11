using TeleCube.Kernel.Mailbox;
using TeleCube.Kernel.Supervision;

namespace TeleCube.Kernel.Actors;

/// <summary>What becomes of an actor that throws, and of its children that do.</summary>
sealed partial class ActorCell
{
    FailureHistory? _failures;
    ITimer? _restartTimer;
    Exception? _pendingFailure;
    bool _delayOver;

    internal FailureHistory Failures => _failures ??= new FailureHistory();

    void Fail(Exception failure, Type? messageType)
    {
        if (_phase is Phase.Stopping or Phase.Stopped) return;
        Enter(Phase.Failed);
        System.Failed(new ActorFailed(Path, failure, messageType));
        if (Parent is null || !Parent.TellSystem(new SystemMessage.ChildFailed(this, failure))) BeginStop();
    }

    void Supervise(ActorCell child, Exception failure)
    {
        if (_phase is not (Phase.Running or Phase.Failed) || _actor is null) return; // about to end, and its children with it
        var verdict = Judge(child, failure);
        switch (verdict.Directive)
        {
            case Directive.Resume: child.TellSystem(SystemMessage.Resume.Instance); break;
            case Directive.Restart: child.TellSystem(new SystemMessage.Restart(verdict.Delay)); break;
            case Directive.Stop: child.TellSystem(new SystemMessage.GiveUp(failure)); break;
            case Directive.Escalate when _actor.MustFinish: _pendingFailure = failure; break;
            case Directive.Escalate: Fail(failure, null); break;
        }
    }

    Verdict Judge(ActorCell child, Exception failure)
    {
        try
        {
            return _actor!.Strategy.Judge(failure, child.Failures, System.Clock.GetUtcNow(), child.Path);
        }
        catch (Exception unjudged)
        {
            System.Failed(new ActorFailed(Path, unjudged, null));
            return new Verdict(Directive.Escalate);
        }
    }

    void Resume()
    {
        if (_phase is not Phase.Failed) return;
        if (_actor is null) { Restart(TimeSpan.Zero); return; } // its making failed: there is nothing to go on with
        Enter(Phase.Running);
    }

    void Restart(TimeSpan delay)
    {
        if (_phase is not Phase.Failed) return;
        Enter(Phase.Restarting);
        System.Metrics.Restarted();
        EndIncarnation();
        _passivating = false;
        UnstashAll();
        _delayOver = delay <= TimeSpan.Zero;
        if (!_delayOver) _restartTimer = System.Clock.CreateTimer(
            static state => ((ActorCell)state!).TellSystem(SystemMessage.RestartDue.Instance), this, delay, Timeout.InfiniteTimeSpan);
        TryRecreate();
    }

    void TryRecreate()
    {
        if (_phase is not Phase.Restarting || !_delayOver || !ChildrenAreGone) return;
        _restartTimer?.Dispose();
        _restartTimer = null;
        Create();
    }
}
