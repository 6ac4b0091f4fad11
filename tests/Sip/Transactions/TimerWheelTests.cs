using TeleCube.Sip.Transactions;
using TeleCube.Tests.Support;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>The wheel fires each timer once, not early, within a tick.</summary>
public sealed class TimerWheelTests : ITimerOwner
{
    readonly ManualClock _clock = new();
    readonly List<(int Meaning, TimeSpan At)> _fired = [];
    readonly DateTimeOffset _start;
    readonly TimerWheel _wheel;
    Action<WheelTimer>? _onFire;

    public TimerWheelTests()
    {
        _start = _clock.GetUtcNow();
        _wheel = new TimerWheel(_clock);
    }

    void ITimerOwner.Fired(WheelTimer timer)
    {
        _fired.Add((timer.Meaning, _clock.GetUtcNow() - _start));
        _onFire?.Invoke(timer);
    }

    [Fact]
    public void Every_timer_fires_once_not_early_and_within_a_tick()
    {
        var random = new Random(4711);
        var due = new TimeSpan[2_000];
        for (var i = 0; i < due.Length; i++)
        {
            due[i] = TimeSpan.FromMilliseconds(random.Next(0, 200_000)); // up to five turns of the wheel
            _wheel.Arm(new WheelTimer(this), due[i], i);
        }
        Run(TimeSpan.FromMilliseconds(200_100));
        Assert.Equal(due.Length, _fired.Count);
        Assert.Equal(0, _wheel.Count);
        foreach (var (meaning, at) in _fired) Assert.InRange((at - due[meaning]).TotalMilliseconds, 0, 10);
    }

    [Fact]
    public void A_stopped_timer_does_not_fire_and_a_moved_one_fires_late()
    {
        var (stopped, moved) = (new WheelTimer(this), new WheelTimer(this));
        _wheel.Arm(stopped, TimeSpan.FromSeconds(1), 1);
        _wheel.Arm(moved, TimeSpan.FromSeconds(1), 2);
        _wheel.Stop(stopped);
        _wheel.Arm(moved, TimeSpan.FromSeconds(2), 3);
        Run(TimeSpan.FromSeconds(5));
        Assert.Equal([(3, TimeSpan.FromSeconds(2))], _fired);
    }

    [Fact]
    public void A_timer_that_fires_may_stop_its_neighbour_and_arm_itself()
    {
        var (first, second) = (new WheelTimer(this), new WheelTimer(this));
        _wheel.Arm(first, TimeSpan.FromSeconds(1), 1);
        _wheel.Arm(second, TimeSpan.FromSeconds(1), 2);
        _onFire = timer =>
        {
            _wheel.Stop(second);
            if (_fired.Count < 3) _wheel.Arm(timer, TimeSpan.Zero, 1);
        };
        Run(TimeSpan.FromSeconds(2));
        Assert.Equal([1, 1, 1], _fired.Select(fired => fired.Meaning));
    }

    [Fact]
    public void An_infinite_interval_arms_nothing()
    {
        _wheel.Arm(new WheelTimer(this), Timeout.InfiniteTimeSpan, 1);
        Assert.Null(_wheel.UntilNext());
    }

    void Run(TimeSpan time)
    {
        var end = _clock.GetUtcNow() + time;
        while (_wheel.UntilNext() is { } wait && _clock.GetUtcNow() + wait <= end)
        {
            _clock.Advance(wait);
            _wheel.Advance();
        }
        _clock.Advance(end - _clock.GetUtcNow());
        _wheel.Advance();
    }
}
