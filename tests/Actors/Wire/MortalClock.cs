namespace TeleCube.Actors.Tests.Wire;

/// <summary>The clock as one process sees it: when that dies, its timers are gone.</summary>
sealed class MortalClock(TimeProvider clock) : TimeProvider
{
    readonly HashSet<Timer> _timers = [];
    bool _dead;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, clock.CreateTimer(callback, state, _dead ? Timeout.InfiniteTimeSpan : dueTime, period));
        _timers.Add(timer);
        return timer;
    }

    public void Die()
    {
        _dead = true;
        foreach (var timer in _timers) timer.Stop();
        _timers.Clear();
    }

    sealed class Timer(MortalClock clock, ITimer timer) : ITimer
    {
        public void Stop() => timer.Dispose();

        public bool Change(TimeSpan dueTime, TimeSpan period) => !clock._dead && timer.Change(dueTime, period);

        public void Dispose()
        {
            clock._timers.Remove(this);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
