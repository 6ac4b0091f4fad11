using Microsoft.Extensions.Logging;

namespace TeleCube.Storage.Tests.Fixtures;

/// <summary>Lets a test wait for what a store logs.</summary>
public sealed class SignalLogger : ILogger
{
    readonly Lock _gate = new();
    readonly List<(string Part, TaskCompletionSource Heard)> _waiting = [];

    /// <summary>Completes with the next line that holds the text, or fails after half a minute.</summary>
    public Task Next(string part)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _waiting.Add((part, heard));
        return heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        lock (_gate)
        {
            foreach (var (part, heard) in _waiting) if (line.Contains(part, StringComparison.Ordinal)) heard.TrySetResult();
        }
    }
}
