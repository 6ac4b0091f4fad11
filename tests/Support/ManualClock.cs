namespace TeleCube.Tests.Support;

/// <summary>A clock that moves only when told to; its timers fire inside <see cref="Advance"/>, in the order in which they are due.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<ManualTimer> _armed = [];
    TaskCompletionSource _arming = new(TaskCreationOptions.RunContinuationsAsynchronously);
    DateTimeOffset _now = start;
    long _order;

    public ManualClock() : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>How many timers wait for their time.</summary>
    public int Armed
    {
        get { lock (_gate) return _armed.Count; }
    }

    /// <summary>When the first of the timers is due, if any waits.</summary>
    public DateTimeOffset? FirstDue
    {
        get { lock (_gate) return _armed.Count == 0 ? null : _armed.Min(timer => timer.Due); }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass; every timer sees its own due time as now.</summary>
    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (NextDue(until) is { } timer) timer.Fire();
        lock (_gate) _now = until;
    }

    /// <summary>
    /// Lets time pass, from timer to timer as somebody waits for them, until this is done; no further than given, if it is.
    /// </summary>
    public async Task PassUntil(Task done, TimeSpan? most = null)
    {
        var end = GetUtcNow() + most;
        while (!done.IsCompleted)
        {
            Task armed;
            lock (_gate) armed = _arming.Task;
            if (FirstDue is { } due && !(due > end)) Advance(due - GetUtcNow());
            else await Task.WhenAny(done, armed);
        }

        await done;
    }

    ManualTimer? NextDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _armed.Where(timer => timer.Due <= until).MinBy(timer => (timer.Due, timer.Order));
            if (next is null) return null;
            if (next.Due > _now) _now = next.Due;
            _armed.Remove(next);
            if (next.Period > TimeSpan.Zero) Arm(next, next.Period);
            return next;
        }
    }

    void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        timer.Due = _now + dueTime;
        timer.Order = _order++;
        _armed.Add(timer);
        _arming.TrySetResult();
        _arming = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }
        public long Order { get; set; }
        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._armed.Remove(this);
                Period = period;
                if (dueTime >= TimeSpan.Zero) clock.Arm(this, dueTime);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
