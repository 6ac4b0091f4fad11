using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Calls;

/// <summary>While the journal is away, a running call and an emergency call go on: their events wait here and are appended when it is back.</summary>
public sealed partial class CallActor
{
    const string SpoolTimer = "spool";
    static readonly TimeSpan _spoolRetry = TimeSpan.FromSeconds(2);

    readonly Queue<IReadOnlyList<CallEvent>> _spool = [];
    CallState? _ahead;
    bool _catchingUp;

    /// <summary>What is true now, be it journaled or waiting for the journal.</summary>
    CallState Now => _ahead ?? State;

    /// <summary>ARCHITECTURE §3: without the journal nothing new begins, save emergency calls; what runs is answered and goes on.</summary>
    protected override void AppendFailed(AppendOutcome why, IReadOnlyList<CallEvent> lost)
    {
        var away = why.Status is AppendStatus.Unavailable or AppendStatus.Unknown;
        if (why.Status is AppendStatus.Faulty && (_turn is null || State.Phase is not CallPhase.New)) GiveUp(why.Detail);
        else if (_catchingUp) CatchUpLater(away);
        else if (_turn is not { } turn) CloseLater(away);
        else if (away && (State.Phase is not CallPhase.New || turn.Call.Emergency)) RunAhead(turn, lost);
        else Refuse(turn, why.Status, lost);
    }

    void RunAhead(Turn turn, IReadOnlyList<CallEvent> events)
    {
        _ahead = turn.Call;
        _spool.Enqueue(events);
        foreach (var happened in events) _timeline.Saw(happened);
        CarryOut(turn);
        Timers.After(SpoolTimer, _spoolRetry, new AppendSpool());
    }

    void Refuse(Turn turn, AppendStatus why, IReadOnlyList<CallEvent> lost)
    {
        _turn = null;
        _media.Abandon(turn.Call);
        _services.Live.Settle(_id);
        if (State.Phase is not CallPhase.New) return;
        var cause = why is AppendStatus.Faulty ? EndCause.NotStorable : EndCause.StorageAway;
        _wire.Refuse(turn, cause.Status, cause.Text);
        if (why is AppendStatus.Unknown) EndUnbegun(turn.Call, lost);
        else Passivate();
    }

    /// <summary>Its beginning may stand in the journal all the same, where a restart would find it: so its end must come to stand there too.</summary>
    void EndUnbegun(CallState call, IReadOnlyList<CallEvent> lost)
    {
        var end = new Turn(call, _services.World, _services.Clock.GetUtcNow()) { NextCSeq = _wire.NextCSeq };
        Ending.Call(end, EndCause.StorageAway);
        _ahead = end.Call;
        _spool.Enqueue(lost);
        _spool.Enqueue(end.Events);
        Timers.After(SpoolTimer, _spoolRetry, new AppendSpool());
    }

    /// <summary>
    /// What happened can't be written, now or ever: nobody would have a record of how it goes on, and to try it for ever would slow all the others. So those
    /// who talk are told that it is over, and the operator why.
    /// </summary>
    void GiveUp(string? why)
    {
        _catchingUp = false;
        _spool.Clear();
        if (_turn is { } turn)
        {
            _ahead = turn.Call; // an answer that has come is acknowledged, or it could not be hung up
            CarryOut(turn);
        }

        var end = new Turn(Now, _services.World, _services.Clock.GetUtcNow()) { NextCSeq = _wire.NextCSeq };
        Ending.Call(end, EndCause.NotStorable);
        _ahead = end.Call;
        CarryOut(end);
        SetAside($"an event of it can't be written: {why}");
    }

    /// <summary>Turn by turn, as they would have been written: one of unknown outcome is repeated as it was.</summary>
    void AppendSpooled()
    {
        if (_ahead is null) return;
        _catchingUp = true;
        Settle(new Decision<CallEvent>(_spool.Peek()));
    }

    /// <summary>The world heard of these events when they happened; now they are durable.</summary>
    void CaughtUp(CallEvent happened)
    {
        if (!ReferenceEquals(happened, _spool.Peek()[^1])) return;
        _spool.Dequeue();
        if (_spool.Count > 0)
        {
            AppendSpooled();
            return;
        }

        (_ahead, _catchingUp) = (null, false);
        if (State.Phase is CallPhase.Over) _wire.WhenIdle(Self);
    }

    /// <summary>Not when the journal knows better: then another node has the call, or the kernel starts this one again from there.</summary>
    void CatchUpLater(bool away)
    {
        _catchingUp = false;
        if (away) Timers.After(SpoolTimer, _spoolRetry, new AppendSpool());
    }

    void CloseLater(bool away)
    {
        if (away) Timers.After(SpoolTimer, _spoolRetry, new WireIdle());
    }

    sealed record AppendSpool;
}
