namespace TeleCube.Kernel.Persistence;

/// <summary>Reads one actor's snapshot and events and folds them, off the actor's own turns. Never throws: what it came to is its result.</summary>
sealed class Recovery<TState, TEvent> where TEvent : class
{
    readonly PersistenceContext _persistence;
    readonly string _persistenceId;
    readonly Func<TState, TEvent, TState> _apply;
    readonly Action<TEvent> _replayed;
    TState _state;
    long _sequenceNr;
    volatile bool _abandoned;

    public Recovery(PersistenceContext persistence, string persistenceId, TState initial, Func<TState, TEvent, TState> apply, Action<TEvent> replayed)
    {
        (_persistence, _persistenceId, _state, _apply, _replayed) = (persistence, persistenceId, initial, apply, replayed);
        Completion = Run();
    }

    public Task<RecoveryResult<TState>> Completion { get; }

    /// <summary>Nobody waits for the result any more.</summary>
    public void Abandon() => _abandoned = true;

    async Task<RecoveryResult<TState>> Run()
    {
        await _persistence.Recoveries.WaitAsync().ConfigureAwait(false);
        try
        {
            await LoadSnapshot().ConfigureAwait(false);
            await foreach (var stored in _persistence.Journal.Read(_persistenceId, _sequenceNr + 1).ConfigureAwait(false))
            {
                if (_abandoned) return Result(RecoveryStatus.Unavailable, "abandoned");
                if (Replay(stored) is { } poison) return Result(RecoveryStatus.Poisoned, poison);
            }
            return Result(RecoveryStatus.Recovered);
        }
        catch (Exception away)
        {
            return Result(RecoveryStatus.Unavailable, away.Message);
        }
        finally
        {
            _persistence.Recoveries.Release();
        }
    }

    async Task LoadSnapshot()
    {
        if (_abandoned || !_persistence.Registry.Knows(typeof(TState))) return;
        if (await _persistence.Journal.LoadSnapshot(_persistenceId).ConfigureAwait(false) is not { } snapshot) return;
        try
        {
            _state = (TState)_persistence.Registry.Decode(snapshot.Type, snapshot.Version, snapshot.Payload.Span);
            _sequenceNr = snapshot.SequenceNr;
        }
        catch (Exception fault) when (fault is UndecodableException or InvalidCastException)
        {
            // A snapshot only spares work: without it, all events are replayed.
        }
    }

    /// <summary>Null, or why this event cannot be part of the state.</summary>
    string? Replay(StoredEvent stored)
    {
        if (stored.SequenceNr != _sequenceNr + 1) return $"event {_sequenceNr + 1} is missing";
        try
        {
            var happened = (TEvent)_persistence.Registry.Decode(stored.Type, stored.Version, stored.Payload.Span);
            _state = _apply(_state, happened);
            _replayed(happened);
        }
        catch (UndecodableException fault)
        {
            return $"event {stored.SequenceNr}: {fault.Message}";
        }
        catch (Exception fault)
        {
            return $"event {stored.SequenceNr} ({stored.Type}/{stored.Version}) cannot be applied: {fault.Message}";
        }
        _sequenceNr = stored.SequenceNr;
        return null;
    }

    RecoveryResult<TState> Result(RecoveryStatus status, string? reason = null) => new(status, _state, _sequenceNr, reason);
}

readonly record struct RecoveryResult<TState>(RecoveryStatus Status, TState State, long SequenceNr, string? Reason);

enum RecoveryStatus
{
    Recovered,

    /// <summary>The journal could not be read; it is tried again.</summary>
    Unavailable,

    /// <summary>An event cannot be decoded or applied; trying again would not help.</summary>
    Poisoned,
}
