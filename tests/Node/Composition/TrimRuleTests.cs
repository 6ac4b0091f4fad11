using TeleCube.Node.Composition;
using TeleCube.Tests.Support;

namespace TeleCube.Node.Tests.Composition;

public sealed class TrimRuleTests
{
    const long Much = TrimRule.WorthBytes;

    readonly ManualClock _clock = new();
    readonly TrimRule _rule;

    public TrimRuleTests() => _rule = new(_clock);

    [Fact]
    public void Memory_is_given_back_ten_seconds_after_a_rush_and_not_while_calls_run()
    {
        Assert.False(_rule.IsDue(500, Much));
        Assert.False(After(60, calls: 500, Much));
        Assert.False(After(5, calls: 50, Much)); // few
        Assert.False(After(9, calls: 50, Much));
        Assert.True(After(1, calls: 50, Much));
    }

    [Fact]
    public void Calls_that_come_back_begin_the_wait_anew()
    {
        Assert.False(_rule.IsDue(500, Much));
        Assert.False(After(5, calls: 0, Much));
        Assert.False(After(9, calls: 51, Much));
        Assert.False(After(5, calls: 0, Much));
        Assert.False(After(9, calls: 0, Much));
        Assert.True(After(1, calls: 0, Much));
    }

    [Fact]
    public void Little_is_not_worth_a_pause()
    {
        Assert.False(_rule.IsDue(0, 0));
        Assert.False(After(3600, calls: 0, Much - 1));
        Assert.True(After(0, calls: 0, Much));
        Assert.False(After(3600, calls: 0, 2 * Much - 1));
        Assert.False(After(3600, calls: 0, 2 * Much - 1));
    }

    [Fact]
    public void It_happens_once_a_minute_at_most()
    {
        Assert.False(_rule.IsDue(0, Much));
        Assert.True(After(10, calls: 0, Much));
        Assert.False(After(30, calls: 0, 10 * Much));
        Assert.False(After(29, calls: 0, 10 * Much));
        Assert.True(After(1, calls: 0, 10 * Much));
    }

    [Fact]
    public void What_was_left_counts_as_many_from_then_on()
    {
        Assert.False(_rule.IsDue(500, Much));
        Assert.False(After(60, calls: 50, Much));
        Assert.True(After(10, calls: 50, Much));
        Assert.False(After(3600, calls: 6, 2 * Much));
        Assert.False(After(3600, calls: 6, 2 * Much));
        Assert.False(After(3600, calls: 5, 2 * Much));
        Assert.True(After(10, calls: 5, 2 * Much));
    }

    bool After(int seconds, int calls, long allocated)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return _rule.IsDue(calls, allocated);
    }
}
