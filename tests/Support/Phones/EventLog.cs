namespace TeleCube.Tests.Support.Phones;

/// <summary>Events in their order. Each wait goes on behind the event that the last one found, so a test reads like the trace.</summary>
sealed class EventLog(string owner)
{
    readonly List<PhoneEvent> _events = [];
    readonly Lock _gate = new();
    TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _seen;

    public IReadOnlyList<PhoneEvent> All
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    public void Add(PhoneEvent happened)
    {
        lock (_gate)
        {
            _events.Add(happened);
            _more.SetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>From now on only what comes next is waited for.</summary>
    public void SkipToNow()
    {
        lock (_gate) _seen = _events.Count;
    }

    public async Task<PhoneEvent> Next(Func<PhoneEvent, bool> wanted, string what, TimeSpan within)
    {
        using var over = new CancellationTokenSource(within);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                var at = _events.FindIndex(_seen, happened => wanted(happened));
                if (at >= 0)
                {
                    _seen = at + 1;
                    return _events[at];
                }
                more = _more.Task;
            }
            try
            {
                await more.WaitAsync(over.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{owner} saw no {what} within {within.TotalSeconds} s, but:\n{string.Join('\n', All)}");
            }
        }
    }
}
