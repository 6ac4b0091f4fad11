using System.Threading.Channels;
using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Mailbox;

/// <summary>
/// Two queues: the system's messages, few and never refused, and the users', bounded, refused when full. A mailbox is what most of an
/// idle actor's memory goes to, so the users' channel is the lock-based bounded one (its ring starts with no slots), and the system's
/// is a plain queue under a lock, made with the first message: a second channel would double the footprint (measured: 740 bytes each).
/// </summary>
sealed class ActorMailbox(BoundedChannelOptions userOptions)
{
    readonly Channel<Envelope> _user = Channel.CreateBounded<Envelope>(userOptions);

    // Bounded by what sends: one message per timer, child, watcher, and completion of the actor's own.
    Queue<object>? _system;
    volatile bool _closed;

    public bool IsClosed => _closed;

    public bool HasUser => _user.Reader.Count > 0;

    public bool HasSystem
    {
        get
        {
            if (Volatile.Read(ref _system) is not { } system) return false;
            lock (system) return system.Count > 0;
        }
    }

    public bool TryWrite(Envelope envelope) => _user.Writer.TryWrite(envelope);

    public bool TryRead(out Envelope envelope) => _user.Reader.TryRead(out envelope);

    public bool TryWriteSystem(object message)
    {
        var system = LazyInitializer.EnsureInitialized(ref _system, static () => new Queue<object>());
        lock (system)
        {
            if (_closed) return false;
            system.Enqueue(message);
            return true;
        }
    }

    public bool TryReadSystem(out object? message)
    {
        message = null;
        if (Volatile.Read(ref _system) is not { } system) return false;
        lock (system) return system.TryDequeue(out message);
    }

    /// <summary>Takes nothing more; what was taken can still be read.</summary>
    public void Close()
    {
        var system = LazyInitializer.EnsureInitialized(ref _system, static () => new Queue<object>());
        lock (system) _closed = true;
        _user.Writer.TryComplete();
    }
}
