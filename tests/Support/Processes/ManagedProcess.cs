using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TeleCube.Tests.Support.Processes;

/// <summary>
/// A child process with its output as lines to wait for. It is ended by its pid when disposed, and by the kernel when the test run itself dies.
/// </summary>
public sealed class ManagedProcess : IAsyncDisposable
{
    const int Terminate = 15;

    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    readonly Process _process;
    readonly string _name;

    ManagedProcess(Process process, string name)
    {
        (_process, _name) = (process, name);
        _process.OutputDataReceived += (_, line) => Lines.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Errors.Add(line.Data);
    }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Standard output so far, and what is still to come.</summary>
    public LineLog Lines { get; } = new();

    /// <summary>Standard error so far, and what is still to come.</summary>
    public LineLog Errors { get; } = new();

    public static ManagedProcess Start(
        string file, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        // setpriv has the kernel kill the child when its parent, the launcher's thread, is no more: even after a kill -9 of the test run.
        var start = new ProcessStartInfo(Tool.Find("setpriv", "util-linux"), ["--pdeathsig", "KILL", file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        return ProcessLauncher.Run(() =>
        {
            var managed = new ManagedProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, Path.GetFileName(file));
            managed._process.Start();
            managed._process.StandardInput.Close();
            managed._process.BeginOutputReadLine();
            managed._process.BeginErrorReadLine();
            return managed;
        });
    }

    /// <summary>Waits for a line of standard output; fails with all output if the process ends before, or time is over.</summary>
    public async Task<string> WaitForLine(Func<string, bool> wanted, TimeSpan within)
    {
        using var over = new CancellationTokenSource();
        var exited = _process.WaitForExitAsync(over.Token);
        try
        {
            var line = Lines.First(wanted, within);
            if (await Task.WhenAny(line, exited) == exited)
            {
                // What it said last may still be on its way.
                if (await Task.WhenAny(line, Task.Delay(TimeSpan.FromSeconds(1), over.Token)) != line)
                    throw new InvalidOperationException($"{_name} ended with {ExitCode} before it said what was awaited:\n{Output}");
            }
            return await line;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{_name} did not say within {within.TotalSeconds} s what was awaited:\n{Output}");
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    /// <summary>Everything that it said, for a failure's message.</summary>
    public string Output => $"{Lines}\n{Errors}";

    public void Signal(int signal) => _ = Kill(Pid, signal);

    /// <summary>SIGKILL, as a power cut would.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> WaitForExit(TimeSpan within)
    {
        using var over = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(over.Token);
            return ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{_name} did not end within {within.TotalSeconds} s:\n{Output}");
        }
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public Task<int> Stop(TimeSpan within)
    {
        Signal(Terminate);
        return WaitForExit(within);
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            Signal(Terminate);
            using var over = new CancellationTokenSource(Grace);
            try
            {
                await _process.WaitForExitAsync(over.Token);
            }
            catch (OperationCanceledException)
            {
                await Kill();
            }
        }
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int pid, int signal);
}
