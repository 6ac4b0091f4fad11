using Microsoft.Extensions.Logging;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;
using TeleCube.Kernel.Supervision;

namespace TeleCube.Kernel.Persistence;

/// <summary>The way back from the journal into life, or into quarantine.</summary>
public abstract partial class PersistentActor<TState, TEvent>
{
    enum Mode { Recovering, Live, Unavailable, Quarantined }

    const string RetryTimer = "recover again";

    sealed record RecoverAgain
    {
        public static readonly RecoverAgain Instance = new();
    }

    readonly int _shard = ShardOf(persistenceId);
    Mode _mode;
    Recovery<TState, TEvent>? _recovery;
    int _recoveries;
    string _quarantineReason = "";

    static int ShardOf(string persistenceId) => EntityId.TryParse(persistenceId, out var entity)
        ? entity.Shard
        : throw new ArgumentException($"a persistence id is kind/tenant/id, not {persistenceId}", nameof(persistenceId));

    internal sealed override void Start()
    {
        var persistence = Context.System.Persistence;
        if (SnapshotEvery > 0 && !persistence.Registry.Knows(typeof(TState)))
            throw new InvalidOperationException($"{typeof(TState).Name} has snapshots but is not in the event registry");
        _attempt = Context.System.Clock.GetUtcNow().Ticks;
        base.Start();
        if (persistence.Quarantine.Find(PersistenceId) is { } entry) BeQuarantined(entry.Reason);
        else if (Cell.Entity?.TakeBeginning() is true && persistence.Ownership.EpochOf(_shard) is { } epoch) (_epoch, _mode) = (epoch, Mode.Live);
        else Recover();
    }

    internal sealed override void Stop()
    {
        _recovery?.Abandon();
        base.Stop();
    }

    internal sealed override void GivenUp(Exception failure) => AddToQuarantine($"keeps failing: {failure.Message}");

    internal sealed override void Handle(object message)
    {
        switch (_mode)
        {
            case Mode.Live:
                _settled = null; // of a turn that failed
                (message, _rows) = message is Recorded recorded ? (recorded.Command, recorded.Rows) : (message, []);
                base.Handle(message);
                Write();
                break;
            case Mode.Unavailable when message is RecoverAgain:
                Recover();
                break;
            case Mode.Unavailable:
                Cell.Refuse(KernelRejections.StorageUnavailable("the journal cannot be read"));
                break;
            case Mode.Quarantined when Context.System.Persistence.Quarantine.Find(PersistenceId) is null:
                Stash(); // released meanwhile
                Recover();
                break;
            case Mode.Quarantined:
                Cell.Refuse(KernelRejections.Quarantined(_quarantineReason));
                break;
        }
    }

    internal sealed override void Wake()
    {
        try
        {
            if (_append is { IsCompleted: true })
            {
                Finish();
                Write();
            }
            else if (_recovery is { Completion.IsCompleted: true })
            {
                Recovered(_recovery.Completion.Result);
            }
        }
        finally
        {
            if (_append is null && _recovery is null) Cell.Release();
        }
    }

    /// <summary>Reads the journal under the epoch of now; with the next owner's epoch this incarnation can write nothing.</summary>
    void Recover()
    {
        var persistence = Context.System.Persistence;
        if (persistence.Ownership.EpochOf(_shard) is not { } epoch)
        {
            Cell.Hold();
            Context.Stop(Self);
            return;
        }
        _epoch = epoch;
        _mode = Mode.Recovering;
        _recoveries++;
        _recovery = new Recovery<TState, TEvent>(persistence, PersistenceId, _initial, _apply, Replayed);
        Cell.Hold();
        var read = _recovery.Completion.ConfigureAwait(false).GetAwaiter();
        if (read.IsCompleted) WakeSelf(); // what is in memory needs no other thread
        else read.UnsafeOnCompleted(_wake ??= WakeSelf);
    }

    void Recovered(RecoveryResult<TState> result)
    {
        _recovery = null;
        UnstashAll();
        switch (result.Status)
        {
            case RecoveryStatus.Recovered:
                (_state, _sequenceNr, _mode, _recoveries) = (result.State, result.SequenceNr, Mode.Live, 0);
                ResumeQuietly();
                Write();
                break;
            case RecoveryStatus.Poisoned:
                AddToQuarantine(result.Reason!);
                BeQuarantined(result.Reason!);
                break;
            default:
                _mode = Mode.Unavailable;
                Context.System.Log.Of(PersistenceId).LogWarning("{Actor} cannot be recovered now: {Reason}", PersistenceId, result.Reason);
                Timers.After(RetryTimer, BackOff.Default.Before(_recoveries + 1, PersistenceId), RecoverAgain.Instance);
                break;
        }
    }

    // What is settled here answers nobody.
    void ResumeQuietly()
    {
        _effects = true;
        try
        {
            Resume();
        }
        finally
        {
            _effects = false;
        }
    }

    void BeQuarantined(string reason) => (_mode, _quarantineReason) = (Mode.Quarantined, reason);

    void AddToQuarantine(string reason)
    {
        var entry = new QuarantinedActor(PersistenceId, reason, Context.System.Clock.GetUtcNow());
        if (!Context.System.Persistence.Quarantine.Add(entry)) return;
        Context.System.Log.Of(PersistenceId).LogError("{Actor} is quarantined: {Reason}", PersistenceId, reason);
        Context.System.EventStream.Publish(entry);
    }

    /// <summary>A snapshot that was not written costs a longer replay, nothing else.</summary>
    async Task Observe(Task saving)
    {
        try
        {
            await saving.ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Context.System.Log.Of(PersistenceId).LogWarning(fault, "{Actor} has no new snapshot", PersistenceId);
        }
    }
}
