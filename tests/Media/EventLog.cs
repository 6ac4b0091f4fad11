using TeleCube.Media.Messages;

namespace TeleCube.Media.Tests;

/// <summary>Keeps the engine's events; tests wait for the one they need.</summary>
sealed class EventLog : IMediaListener
{
    static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    readonly List<MediaEvent> _events = [];
    TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<MediaEvent> All { get { lock (_events) return [.. _events]; } }

    public void Heard(MediaEvent happened)
    {
        lock (_events)
        {
            _events.Add(happened);
            _arrived.TrySetResult();
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task<T> Next<T>() where T : MediaEvent => Next<T>(_ => true);

    /// <summary>The first such event, taken out of the log.</summary>
    public async Task<T> Next<T>(Func<T, bool> wanted) where T : MediaEvent
    {
        using var guard = new CancellationTokenSource(Guard);
        while (true)
        {
            Task next;
            lock (_events)
            {
                if (_events.OfType<T>().FirstOrDefault(wanted) is { } found)
                {
                    _events.Remove(found);
                    return found;
                }
                next = _arrived.Task;
            }
            try
            {
                await next.WaitAsync(guard.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"no {typeof(T).Name}; seen: {string.Join(", ", All)}");
            }
        }
    }
}
