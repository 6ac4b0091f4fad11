using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Mailbox;

/// <summary>
/// Two queues under one lock: the system's messages, few and never refused, and the users', bounded, refused when full. A mailbox was what most of an
/// idle actor's memory went to: a channel takes 740 bytes, a ring that begins with its first message a hundred.
/// </summary>
sealed class ActorMailbox(int capacity)
{
    readonly Lock _gate = new();
    Ring<Envelope> _user;

    // Bounded by what sends: one message per timer, child, watcher, and completion of the actor's own.
    Ring<object> _system;
    bool _closed;

    public bool IsClosed => Volatile.Read(ref _closed);

    // Read without the lock: who writes looks afterwards whether the actor sleeps, who falls asleep looks here afterwards.
    public bool HasUser => _user.Count > 0;

    public bool HasSystem => _system.Count > 0;

    public bool TryWrite(Envelope envelope)
    {
        lock (_gate)
        {
            if (_closed || _user.Count >= capacity) return false;
            _user.Enqueue(envelope);
            return true;
        }
    }

    public bool TryRead(out Envelope envelope)
    {
        envelope = default;
        if (!HasUser) return false;
        lock (_gate) envelope = _user.Dequeue(); // one reader: what it has seen nobody else takes
        return true;
    }

    public bool TryWriteSystem(object message)
    {
        lock (_gate)
        {
            if (_closed) return false;
            _system.Enqueue(message);
            return true;
        }
    }

    public bool TryReadSystem(out object? message)
    {
        message = null;
        if (!HasSystem) return false;
        lock (_gate) message = _system.Dequeue();
        return true;
    }

    /// <summary>Takes nothing more; what was taken can still be read.</summary>
    public void Close()
    {
        lock (_gate) Volatile.Write(ref _closed, true);
    }
}
