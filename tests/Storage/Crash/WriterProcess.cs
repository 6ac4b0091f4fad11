using System.Diagnostics;

namespace TeleCube.Storage.Tests.Crash;

/// <summary>The writer as a process of its own, so that it can be killed.</summary>
public sealed class WriterProcess : IDisposable
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    readonly Process _process;
    readonly Task<string> _errors;

    WriterProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static WriterProcess Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "TeleCube.Storage.CrashWriter.dll");
        return new(Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    /// <summary>Reads so many acknowledgements.</summary>
    public async Task Read(Acknowledged into, int lines)
    {
        using var guard = new CancellationTokenSource(_patience);
        for (var i = 0; i < lines; i++)
            into.Note(await _process.StandardOutput.ReadLineAsync(guard.Token) ?? throw new InvalidOperationException($"the writer ended: {await _errors}"));
    }

    /// <summary>kill -9, then reads what it had still told.</summary>
    public async Task KillHard(Acknowledged into)
    {
        _process.Kill();
        var rest = await _process.StandardOutput.ReadToEndAsync();
        // A line without its end may be cut within its number.
        foreach (var line in rest.Split('\n')[..^1]) into.Note(line);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
