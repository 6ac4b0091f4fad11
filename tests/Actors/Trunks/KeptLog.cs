using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TeleCube.Actors.Tests.Trunks;

/// <summary>Keeps the warnings that are logged.</summary>
sealed class KeptLog<T> : ILogger<T>
{
    readonly ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Warnings => _lines;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel is LogLevel.Warning) _lines.Enqueue(formatter(state, exception));
    }
}
