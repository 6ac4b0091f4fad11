using TeleCube.Tests.Support.Processes;

namespace TeleCube.Tests.Support;

/// <summary>A disk of a few megabytes in memory, which can be filled to the last byte and emptied again. Mounting it needs root.</summary>
public sealed class SmallDisk : IDisposable
{
    readonly TempFolder _folder = new();

    SmallDisk() { }

    public string Path => _folder.Path;

    public static SmallDisk Mount(int megabytes)
    {
        if (!Environment.IsPrivilegedProcess) throw new InvalidOperationException("mounting a small disk needs root: run the tests as root");
        var disk = new SmallDisk();
        Run("mount", "mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path);
        return disk;
    }

    /// <summary>Not one byte is free after this.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[64 * 1024, 4096, 1])
        {
            try
            {
                while (true) filler.Write(new byte[size]);
            }
            catch (IOException)
            {
                // full for this size
            }
        }
    }

    public void Empty() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "mount", "-l", Path);
        _folder.Dispose();
    }

    string Filler => System.IO.Path.Combine(Path, "filler");

    static void Run(string tool, string package, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(Tool.Find(tool, package), arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
