using System.Runtime.InteropServices;

namespace TeleCube.Load.Rtp;

/// <summary>The few calls of Linux that a quiet generator needs; layouts are those of 64-bit Linux.</summary>
static unsafe partial class Native
{
    public const int DontWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int SocketLevel = 1;
    public const int TimestampNs = 35; // SO_TIMESTAMPNS and SCM_TIMESTAMPNS
    public const int Monotonic = 1;
    public const int AbsoluteTime = 1;
    public const int SetTimerSlack = 29;
    public const int TryAgain = 11;

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(int socket, MessageHeader* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    public static partial int Sleep(int clock, int flags, TimeSpec* until, TimeSpec* left);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Part
    {
        public byte* Bytes;
        public nuint Length;
    }

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
        public int Padding; // struct msghdr ends on eight bytes
        public uint Received;
    }

    /// <summary>struct cmsghdr with the timespec that SO_TIMESTAMPNS puts behind it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
        public TimeSpec Time;
    }
}
