using System.Diagnostics.Metrics;

namespace TeleCube.Kernel.Metrics;

/// <summary>The meter <c>TeleCube.Kernel</c>. The counts are plain fields that are read when somebody looks, so counting costs an add.</summary>
public sealed class KernelMetrics : IDisposable
{
    public const string MeterName = "TeleCube.Kernel";

    readonly Meter _meter = new(MeterName);
    readonly Histogram<double> _appendMilliseconds;
    long _messages;
    long _failures;
    long _restarts;
    long _deadLetters;
    long _unhandled;
    long _actors;
    long _refusedAppends;

    public KernelMetrics()
    {
        _meter.CreateObservableCounter("telecube.kernel.messages", () => Messages, description: "Messages handled by actors");
        _meter.CreateObservableCounter("telecube.kernel.failures", () => Failures, description: "Exceptions thrown by actors");
        _meter.CreateObservableCounter("telecube.kernel.restarts", () => Restarts, description: "Actors restarted");
        _meter.CreateObservableCounter("telecube.kernel.dead_letters", () => DeadLetters, description: "Messages refused or left behind");
        _meter.CreateObservableCounter("telecube.kernel.unhandled", () => Interlocked.Read(ref _unhandled), description: "Messages unknown to their actor");
        _meter.CreateObservableCounter("telecube.kernel.appends_refused", () => Interlocked.Read(ref _refusedAppends), description: "Appends not committed");
        _meter.CreateObservableUpDownCounter("telecube.kernel.actors", () => Actors, description: "Actors alive");
        _appendMilliseconds = _meter.CreateHistogram<double>("telecube.kernel.append", "ms", "From handing an append to the journal to its outcome");
    }

    public long Messages => Interlocked.Read(ref _messages);

    public long Failures => Interlocked.Read(ref _failures);

    public long Restarts => Interlocked.Read(ref _restarts);

    public long DeadLetters => Interlocked.Read(ref _deadLetters);

    public long Actors => Interlocked.Read(ref _actors);

    public void Dispose() => _meter.Dispose();

    internal void Handled(int messages) => Interlocked.Add(ref _messages, messages);

    internal void Failed() => Interlocked.Increment(ref _failures);

    internal void Restarted() => Interlocked.Increment(ref _restarts);

    internal void DeadLettered() => Interlocked.Increment(ref _deadLetters);

    internal void Unhandled() => Interlocked.Increment(ref _unhandled);

    internal void Spawned() => Interlocked.Increment(ref _actors);

    internal void Stopped() => Interlocked.Decrement(ref _actors);

    internal void Appended(TimeSpan took, bool committed)
    {
        _appendMilliseconds.Record(took.TotalMilliseconds);
        if (!committed) Interlocked.Increment(ref _refusedAppends);
    }
}
