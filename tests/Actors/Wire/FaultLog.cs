using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>Keeps what the exchange logs as an error: a defect that a supervisor has caught is one all the same.</summary>
sealed class FaultLog
{
    readonly ConcurrentQueue<string> _faults = new();

    public IReadOnlyCollection<string> Faults => _faults;

    public ILogger<T> For<T>() => new Kept<T>(_faults);

    sealed class Kept<T>(ConcurrentQueue<string> faults) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error) faults.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}
