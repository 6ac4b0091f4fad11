using System.Runtime.InteropServices;

namespace TeleCube.Media.Sockets;

/// <summary>The system calls of the media plane (MEASURED §1: the kernel's UDP stack is the cost; managed code stays out of its way).</summary>
/// <remarks>Those of each packet leave errno where it is: to clear and to copy it costs two calls, and it is read only after a failure.</remarks>
static unsafe partial class LibC
{
    const string Library = "libc";

    public const int AfUnspecified = 0, AfInet = 2, AfInet6 = 10;
    public const int Datagram = 2, NonBlocking = 0x800, CloseOnExec = 0x80000;
    public const int IpProtocolIp = 0, IpTos = 1, IpProtocolIp6 = 41, Ip6Only = 26, Ip6TrafficClass = 67;
    public const int EpollIn = 1, EpollAdd = 1, EpollDelete = 2;
    public const int Again = 11, Interrupted = 4, AddressInUse = 98, AddressNotAvailable = 99, TooManyFiles = 24, ConnectionRefused = 111;
    public const int ClockMonotonic = 1, TimerAbsolute = 1;

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int fd, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int fd, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int fd, int level, int name, int* value, uint length);

    [LibraryImport(Library, EntryPoint = "recvfrom")]
    public static partial nint ReceiveFrom(int fd, byte* buffer, nuint size, int flags, byte* address, uint* length);

    [LibraryImport(Library, EntryPoint = "send")]
    public static partial nint Send(int fd, byte* buffer, nuint size, int flags);

    [LibraryImport(Library, EntryPoint = "sendto")]
    public static partial nint SendTo(int fd, byte* buffer, nuint size, int flags, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, void* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, void* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "timerfd_create", SetLastError = true)]
    public static partial int TimerFdCreate(int clock, int flags);

    [LibraryImport(Library, EntryPoint = "timerfd_settime", SetLastError = true)]
    public static partial int TimerFdSet(int fd, int flags, long* fourLongs, void* old);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int fd, byte* epollEvent);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* events, int capacity, int timeoutMs);

    public static int Errno => Marshal.GetLastPInvokeError();

    /// <summary>Of <see cref="ReceiveFrom"/>, <see cref="Send"/> and <see cref="SendTo"/>; to be read at once.</summary>
    public static int PacketErrno => Marshal.GetLastSystemError();
}
