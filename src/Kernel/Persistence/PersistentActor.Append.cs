using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>The way of settled events into the journal.</summary>
public abstract partial class PersistentActor<TState, TEvent>
{
    Task<AppendOutcome>? _append;
    IReadOnlyList<TEvent> _inFlight = [];
    TState _stateAfter = default!;
    long _appendStarted;
    long _attempt;
    IReadOnlyList<TEvent>? _inDoubt;
    long _epoch;
    Action? _wake;

    internal sealed override bool MustFinish => _append is not null;

    /// <summary>Writes what was settled. An append that is not complete at once holds the mailbox and wakes the actor when it is.</summary>
    void Write()
    {
        while (_settled is { } events)
        {
            _settled = null;
            _inFlight = events;
            _append = Append(events);
            if (!_append.IsCompleted)
            {
                Cell.Hold();
                _append.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_wake ??= WakeSelf);
                return;
            }
            Finish();
        }
    }

    void WakeSelf() => Cell.TellSystem(this);

    Task<AppendOutcome> Append(IReadOnlyList<TEvent> events)
    {
        var persistence = Context.System.Persistence;
        var now = Context.System.Clock.GetUtcNow();
        var written = new NewEvent[events.Count];
        List<StoreWrite>? writes = _settledRows is [] ? null : [.. _settledRows];
        var after = _state;
        if (!ReferenceEquals(events, _inDoubt)) _attempt++; // else the same ids again: if they were written, the journal takes it for done
        for (var i = 0; i < written.Length; i++)
        {
            var sequenceNr = _sequenceNr + 1 + i;
            var (type, version, payload) = persistence.Registry.Encode(events[i]);
            written[i] = new NewEvent(EventIds.Of(PersistenceId, sequenceNr, _epoch, _attempt), sequenceNr, type, version, payload, now);
            after = _apply(after, events[i]); // what cannot be applied must not be journaled
            foreach (var write in Project(events[i], after)) (writes ??= []).Add(write);
        }
        _stateAfter = after;
        _appendStarted = Context.System.Clock.GetTimestamp();
        return persistence.Journal.Append(new Append(PersistenceId, _shard, _epoch, written, (IReadOnlyList<StoreWrite>?)writes ?? []));
    }

    void Finish()
    {
        var outcome = OutcomeOf(_append!);
        _append = null;
        Context.System.Metrics.Appended(Context.System.Clock.GetElapsedTime(_appendStarted), outcome.Status is AppendStatus.Committed);
        var (events, sender, reply) = (_inFlight, _settledFor, _settledReply);
        (_inFlight, _settledFor, _settledReply) = ([], ActorRef.Nobody, null);
        var stillInDoubt = outcome.Status is AppendStatus.Unavailable && ReferenceEquals(events, _inDoubt); // what was unknown before is not known now either
        _inDoubt = outcome.Status is AppendStatus.Unknown || stillInDoubt ? events : null;
        Cell.Sender = sender;
        if (outcome.Status is AppendStatus.Committed) Committed(events, sender, reply);
        else Refused(outcome, events, sender);
    }

    // A journal that throws is a journal that is away.
    static AppendOutcome OutcomeOf(Task<AppendOutcome> append) => append.IsCompletedSuccessfully
        ? append.Result
        : new AppendOutcome(AppendStatus.Unavailable, append.Exception?.InnerException?.Message);

    void Committed(IReadOnlyList<TEvent> events, ActorRef sender, object? reply)
    {
        _state = _stateAfter;
        _sequenceNr += events.Count;
        _replied = false;
        _effects = true;
        try
        {
            for (var i = 0; i < events.Count; i++) React(events[i]);
        }
        finally
        {
            _effects = false;
            if (reply is not null || !_replied) sender.Tell(reply ?? Accepted.Instance, Cell);
        }
        TakeSnapshot(events.Count);
    }

    void Refused(AppendOutcome outcome, IReadOnlyList<TEvent> events, ActorRef sender)
    {
        if (outcome.Status is AppendStatus.Faulty)
            Context.System.Log.Of(PersistenceId).LogError(
                "{Actor} could not write {Events}: the store finds fault with them: {Reason}",
                PersistenceId, string.Join(", ", events.Select(happened => happened.GetType().Name)), outcome.Detail);
        _effects = true;
        try
        {
            AppendFailed(outcome, events);
        }
        finally
        {
            _effects = false;
            sender.Tell(RejectionFor(outcome), Cell);
        }
        if (outcome.Status is AppendStatus.Fenced) Context.Stop(Self);
        if (outcome.Status is AppendStatus.SequenceConflict)
            throw new SequenceConflictException(PersistenceId, _sequenceNr + 1, outcome.Detail);
    }

    static Rejection RejectionFor(AppendOutcome outcome) => outcome.Status switch
    {
        AppendStatus.Fenced => KernelRejections.NotMine,
        AppendStatus.Taken => KernelRejections.Taken(outcome.Detail),
        AppendStatus.SequenceConflict => KernelRejections.Conflict,
        AppendStatus.Faulty => KernelRejections.NotStorable(outcome.Detail),
        _ => KernelRejections.StorageUnavailable(outcome.Detail),
    };

    void TakeSnapshot(int newEvents)
    {
        if (SnapshotEvery <= 0 || _sequenceNr / SnapshotEvery == (_sequenceNr - newEvents) / SnapshotEvery) return;
        var persistence = Context.System.Persistence;
        var (type, version, payload) = persistence.Registry.Encode(_state!);
        _ = Observe(persistence.Journal.SaveSnapshot(PersistenceId, new StoredSnapshot(_sequenceNr, type, version, payload)));
    }
}
