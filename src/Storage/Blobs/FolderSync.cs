using System.Runtime.InteropServices;

namespace TeleCube.Storage.Blobs;

/// <summary>Makes renames in a folder durable: .NET opens no folder as a file, so this asks the system itself (POSIX fsync).</summary>
static partial class FolderSync
{
    const int ReadOnlyAndCloseOnExec = 0x80000;

    /// <summary>Elsewhere than on Linux the rename is left to the file system's own order.</summary>
    public static void Run(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        var handle = Open(folder, ReadOnlyAndCloseOnExec);
        if (handle < 0) throw Fault(folder);
        try
        {
            if (Fsync(handle) < 0) throw Fault(folder);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    static IOException Fault(string folder) => new($"{folder} could not be synchronised (error {Marshal.GetLastPInvokeError()})");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
