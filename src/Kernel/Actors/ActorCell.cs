using TeleCube.Kernel.Events;
using TeleCube.Kernel.Mailbox;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Kernel.Timers;

namespace TeleCube.Kernel.Actors;

/// <summary>
/// One actor's place in the system, through all its incarnations: its mailbox and its turns on the dispatcher here, its life and
/// its failures in the other parts. At most one thread is in it at any time; the fields below <c>_scheduled</c> belong to that thread.
/// </summary>
sealed partial class ActorCell : ActorRef, IThreadPoolWorkItem
{
    readonly Props _props;
    readonly string _name;
    readonly ActorMailbox _mailbox;
    int _scheduled;

    // Set while no user message may be handled. Read by tellers only to spare a turn that would come to nothing.
    volatile bool _held;

    Actor? _actor;
    ActorTimers? _timers;
    Queue<Envelope>? _next;
    List<Envelope>? _stash;
    Envelope _current;
    bool _busy;
    bool _passivating;
    long _lastActive;

    internal ActorCell(ActorSystem system, ActorCell? parent, Props props, string name,
        Entity? entity = null, IReadOnlyCollection<Envelope>? first = null)
    {
        (System, Parent, _props, _name, Entity) = (system, parent, props, name, entity);
        _mailbox = new ActorMailbox(system.MailboxCapacity(props));
        _lastActive = system.Clock.GetTimestamp();
        Sender = Nobody;
        if (first is { Count: > 0 }) _next = new Queue<Envelope>(first);
        system.Metrics.Spawned();
    }

    internal ActorSystem System { get; }

    internal ActorCell? Parent { get; }

    /// <summary>The sharded entity that lives here, if it is one.</summary>
    internal Entity? Entity { get; }

    internal ActorRef Sender { get; set; }

    internal ActorTimers Timers => _timers ??= new ActorTimers(this, System.Clock);

    protected internal override TimeProvider Clock => System.Clock;

    public override string Path => Parent is null ? "/" + _name : $"{Parent.Path}/{_name}";

    public override bool TryTell(object message, ActorRef? sender = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = new Envelope(message, sender ?? Nobody);
        if (_mailbox.TryWrite(envelope))
        {
            Interlocked.MemoryBarrier(); // the message first, then the look at _held: see SetHeld
            if (!_held) Schedule();
            return true;
        }
        if (!_mailbox.IsClosed) return DeadLetter(envelope, KernelRejections.Overloaded);
        return Entity?.Redeliver(envelope) ?? DeadLetter(envelope, KernelRejections.Stopped);
    }

    internal bool TellSystem(object message)
    {
        if (!_mailbox.TryWriteSystem(message)) return false;
        Interlocked.MemoryBarrier();
        Schedule();
        return true;
    }

    internal void Schedule()
    {
        if (Volatile.Read(ref _scheduled) == 0 && Interlocked.Exchange(ref _scheduled, 1) == 0)
            System.Dispatcher.Enqueue(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_phase is Phase.New) Create();
        var handled = 0;
        while (handled < System.Options.Slice && Turn()) handled++;
        if (handled > 0)
        {
            System.Metrics.Handled(handled);
            if (Entity is not null) _lastActive = System.Clock.GetTimestamp();
        }
        if (_passivating && CanPassivate) BeginStop();

        var held = _held;
        Volatile.Write(ref _scheduled, 0);
        Interlocked.MemoryBarrier(); // idle first, then the look for work: who wrote in between either sees idle or is seen
        if (_mailbox.HasSystem || (!held && (_next is { Count: > 0 } || _mailbox.HasUser))) Schedule();
    }

    /// <summary>Handles all system messages and one user message; false when there is no more to do now.</summary>
    bool Turn()
    {
        while (_mailbox.TryReadSystem(out var message)) Handle(message!);
        if (_held) return false;
        if (_next is { Count: > 0 } next) _current = next.Dequeue();
        else if (!_mailbox.TryRead(out _current)) return false;
        Invoke();
        return true;
    }

    void Invoke()
    {
        Sender = _current.Sender;
        try
        {
            _actor!.Handle(_current.Message);
            _failures?.Forget();
        }
        catch (Exception failure)
        {
            _current.Sender.Refused(KernelRejections.Failed(failure));
            Fail(failure, _current.Message.GetType());
        }
        Sender = Nobody;
        _current = default;
    }

    /// <summary>No user message is handled until <see cref="Release"/>; system messages are.</summary>
    internal void Hold()
    {
        _busy = true;
        SetHeld();
    }

    internal void Release()
    {
        _busy = false;
        SetHeld();
    }

    void SetHeld()
    {
        _held = _busy || _phase is not Phase.Running;
        Interlocked.MemoryBarrier(); // first open, then the next look into the mailbox: see Offer
    }

    internal void Stash()
    {
        _stash ??= [];
        if (_stash.Count >= System.MailboxCapacity(_props)) DeadLetter(_current, KernelRejections.Overloaded);
        else _stash.Add(_current);
    }

    internal void UnstashAll()
    {
        if (_stash is null) return;
        var later = _next;
        _next = new Queue<Envelope>(_stash);
        _stash = null;
        while (later is { Count: > 0 }) _next.Enqueue(later.Dequeue());
    }

    /// <summary>A message that was not lost on its way through the mailbox and must not be: it is handled before those that wait there.</summary>
    void HandleNext(object message) => (_next ??= new Queue<Envelope>()).Enqueue(new Envelope(message, Nobody));

    internal void Unhandled(object message)
    {
        System.Metrics.Unhandled();
        System.EventStream.Publish(new UnhandledMessage(message, this, Sender));
    }

    /// <summary>Answers the current message with why it is not handled.</summary>
    internal void Refuse(Rejection why)
    {
        Sender.Tell(why, this);
        DeadLetter(_current, why);
    }

    bool DeadLetter(Envelope letter, Rejection why)
    {
        System.DeadLetter(letter, Path, why);
        return false;
    }
}
