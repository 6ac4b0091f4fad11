using System.Runtime.InteropServices;

namespace TeleCube.Media.Sockets;

/// <summary>One epoll set with its wake-up eventfd and one absolute timer; level-triggered.</summary>
sealed unsafe class Poller : IDisposable
{
    const int Capacity = 256;

    // struct epoll_event is packed on x86-64 only.
    static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    static readonly int DataOffset = Stride - 8;

    readonly int _epoll = LibC.EpollCreate(LibC.CloseOnExec);
    readonly int _wake = LibC.EventFd(0, LibC.NonBlocking | LibC.CloseOnExec);
    readonly int _timer = LibC.TimerFdCreate(LibC.ClockMonotonic, LibC.NonBlocking | LibC.CloseOnExec);
    readonly byte* _events = (byte*)NativeMemory.Alloc((nuint)(Capacity * 16));
    int _signalled;

    public const ulong WakeKey = ulong.MaxValue, TimerKey = ulong.MaxValue - 1;

    public Poller()
    {
        if (_epoll < 0 || _wake < 0 || _timer < 0) throw new InvalidOperationException($"The media loop got no epoll, eventfd or timerfd: errno {LibC.Errno}");
        Add(_wake, WakeKey);
        Add(_timer, TimerKey);
    }

    public void Add(int fd, ulong key)
    {
        var one = stackalloc byte[16];
        *(uint*)one = LibC.EpollIn;
        *(ulong*)(one + DataOffset) = key;
        if (LibC.EpollControl(_epoll, LibC.EpollAdd, fd, one) != 0) throw new InvalidOperationException($"epoll_ctl add: errno {LibC.Errno}");
    }

    public void Remove(int fd)
    {
        var one = stackalloc byte[16];
        _ = LibC.EpollControl(_epoll, LibC.EpollDelete, fd, one);
    }

    /// <summary>
    /// Until something happens: a time-out of epoll_wait would set up and cancel a timer in the kernel for each packet, the armed one costs once.
    /// </summary>
    public int Wait()
    {
        var count = LibC.EpollWait(_epoll, _events, Capacity, -1);
        return count < 0 ? 0 : count; // EINTR is an empty turn
    }

    public ulong Key(int index) => *(ulong*)(_events + index * Stride + DataOffset);

    /// <summary>Any thread: at most one write is outstanding, however many messages were queued.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _signalled, 1) != 0) return;
        ulong one = 1;
        _ = LibC.Write(_wake, &one, 8);
    }

    /// <summary>Called before the queues are read, so that a message queued later wakes again.</summary>
    public void Woken()
    {
        Drain(_wake);
        Interlocked.Exchange(ref _signalled, 0);
    }

    /// <summary>Arms the timer for a time of <see cref="System.Diagnostics.Stopwatch"/> in ns (CLOCK_MONOTONIC); 0 disarms.</summary>
    public void ArmTimer(long atNs)
    {
        var spec = stackalloc long[4];
        spec[0] = spec[1] = 0;
        spec[2] = atNs / 1_000_000_000;
        spec[3] = atNs % 1_000_000_000;
        _ = LibC.TimerFdSet(_timer, LibC.TimerAbsolute, spec, null);
    }

    public void TimerFired() => Drain(_timer);

    public void Dispose()
    {
        _ = LibC.Close(_wake);
        _ = LibC.Close(_timer);
        _ = LibC.Close(_epoll);
        NativeMemory.Free(_events);
    }

    static void Drain(int fd)
    {
        ulong count;
        _ = LibC.Read(fd, &count, 8);
    }
}
