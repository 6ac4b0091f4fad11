using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TeleCube.Load.Machine;

/// <summary>A process that the bench started and that it alone ends: asked first (SIGTERM), then killed, always by its pid.</summary>
sealed partial class ChildProcess : IDisposable
{
    const int Terminate = 15;

    readonly Process _process;
    readonly Queue<string> _lines = new();

    ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines of its output, for the message when it fails.</summary>
    public string LastWords
    {
        get
        {
            lock (_lines) return string.Join(" | ", _lines);
        }
    }

    public static ChildProcess Start(string program, IEnumerable<string> arguments, string directory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start) ?? throw new LoadException($"could not start {program}");
        process.StandardInput.Close();
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    public Task Ended(CancellationToken stop) => _process.WaitForExitAsync(stop);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, Terminate);
            if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        }
        _process.Dispose();
    }

    void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (_lines)
        {
            _lines.Enqueue(line.Trim());
            if (_lines.Count > 5) _lines.Dequeue();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
