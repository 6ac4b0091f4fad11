using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Persistence;

/// <summary>
/// An actor whose state is its journal. <see cref="Actor.Receive"/> decides and calls <see cref="Settle"/>; the events are appended, together
/// with what <see cref="Project"/> adds, while further messages wait; then they are applied, then <see cref="React"/> tells the world, then the
/// sender is answered. Replay is silent; after it <see cref="Resume"/> re-drives what is still owed.
/// </summary>
/// <remarks>The id reads <c>kind/tenant/id</c> (<see cref="Sharding.EntityId"/>): its tenant names the shard whose epoch fences the writes.</remarks>
public abstract partial class PersistentActor<TState, TEvent>(string persistenceId, TState initial, Func<TState, TEvent, TState> apply) : Actor
    where TEvent : class
{
    readonly Func<TState, TEvent, TState> _apply = apply;
    readonly TState _initial = initial;
    TState _state = initial;
    long _sequenceNr;

    // What one message came to, until it is written.
    IReadOnlyList<TEvent>? _settled;
    ActorRef _settledFor = ActorRef.Nobody;
    object? _settledReply;
    IReadOnlyList<StoreWrite> _settledRows = [];
    IReadOnlyList<StoreWrite> _rows = [];
    bool _effects;
    bool _replied;

    protected TState State => _state;

    protected string PersistenceId => persistenceId;

    /// <summary>The number of the last event; with the persistence id it makes names that a repeat makes again (branches, tags, keys).</summary>
    protected long SequenceNr => _sequenceNr;

    /// <summary>A snapshot after so many events; 0 for none. The state's type must then be in the registry.</summary>
    protected virtual int SnapshotEvery => 0;

    /// <summary>
    /// Carries out a decision: appends its events, or answers its rejection, or nothing. The sender is answered with <paramref name="reply"/>
    /// (or what <see cref="Reply"/> was given meanwhile, or <see cref="Accepted"/>) when the events are durable. Once per message.
    /// </summary>
    protected void Settle(Decision<TEvent> decision, object? reply = null)
    {
        if (decision.Events is not { Count: > 0 } events)
        {
            if (!_effects) Reply((object?)decision.Rejection ?? reply ?? Accepted.Instance);
            return;
        }
        if (_settled is not null) throw new InvalidOperationException($"{PersistenceId} settled twice in one turn: the second saw an old state");
        _settled = events;
        _settledRows = _effects ? [] : _rows;
        _settledFor = _effects ? ActorRef.Nobody : Sender;
        _settledReply = (object?)decision.Rejection ?? reply;
    }

    /// <summary>The effects of a durable event. May settle what follows from it, once; that answers nobody.</summary>
    protected virtual void React(TEvent happened) { }

    /// <summary>
    /// An event that was read back, for what is remembered beside the state; nothing may be done about it. Called before <see cref="Resume"/>, and from the
    /// first event again if the reading failed.
    /// </summary>
    protected virtual void Replayed(TEvent happened) { }

    /// <summary>After recovery: arms the timers and re-drives the effects that the state says are still owed.</summary>
    protected virtual void Resume() { }

    /// <summary>What changes beside the journal, in the same transaction, because of this event.</summary>
    protected virtual IEnumerable<StoreWrite> Project(TEvent happened, TState after) => [];

    /// <summary>
    /// The events were not written and the state is as before; the kernel then refuses the command, and stops or restarts as it must. If it is
    /// <see cref="AppendStatus.Unknown"/> whether they were, settling the very list of <paramref name="lost"/> again writes them once, whatever the truth is.
    /// </summary>
    protected virtual void AppendFailed(AppendOutcome why, IReadOnlyList<TEvent> lost) { }

    /// <summary>Stops for good what can't go on, since it can't be written: until the operator releases it, it is listed with the reason and not started.</summary>
    protected void SetAside(string reason)
    {
        AddToQuarantine(reason);
        Context.Stop(Self);
    }

    /// <summary>Answers the sender; while settled events wait for the journal, once they are durable.</summary>
    protected override void Reply(object message)
    {
        if (_settled is not null && !_effects)
        {
            _settledReply = message;
            return;
        }
        _replied = true;
        base.Reply(message);
    }
}
