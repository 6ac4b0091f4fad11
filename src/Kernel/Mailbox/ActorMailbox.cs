using System.Threading.Channels;
using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Mailbox;

/// <summary>
/// Two channels: the system's messages, few and never refused, and the users', bounded, refused when full. The lock-based bounded
/// channel serves both, because empty it is small (its ring starts with no slots), and there is one mailbox per actor.
/// </summary>
sealed class ActorMailbox(BoundedChannelOptions userOptions)
{
    // Bounded by what sends: one message per timer, child, watcher, and completion of the actor's own.
    static readonly BoundedChannelOptions _systemOptions = new(int.MaxValue) { SingleReader = true };

    readonly Channel<Envelope> _user = Channel.CreateBounded<Envelope>(userOptions);
    Channel<object>? _system;
    volatile bool _closed;

    public bool IsClosed => _closed;

    public bool TryWrite(Envelope envelope) => _user.Writer.TryWrite(envelope);

    public bool TryRead(out Envelope envelope) => _user.Reader.TryRead(out envelope);

    public bool HasUser => _user.Reader.Count > 0;

    public bool TryWriteSystem(object message) => System.Writer.TryWrite(message);

    public bool TryReadSystem(out object? message)
    {
        message = null;
        return Volatile.Read(ref _system) is { } system && system.Reader.TryRead(out message);
    }

    public bool HasSystem => Volatile.Read(ref _system) is { } system && system.Reader.Count > 0;

    /// <summary>Takes nothing more; what was taken can still be read.</summary>
    public void Close()
    {
        _closed = true;
        _user.Writer.TryComplete();
        System.Writer.TryComplete();
    }

    // Many actors never get a system message: the channel is made with the first.
    Channel<object> System
    {
        get
        {
            if (Volatile.Read(ref _system) is { } system) return system;
            var made = Channel.CreateBounded<object>(_systemOptions);
            return Interlocked.CompareExchange(ref _system, made, null) ?? made;
        }
    }
}
