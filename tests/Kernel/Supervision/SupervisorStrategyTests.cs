using TeleCube.Kernel.Supervision;

namespace TeleCube.Kernel.Tests.Supervision;

public sealed class SupervisorStrategyTests
{
    static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_poisoned_is_stopped() =>
        Assert.Equal(Directive.Stop, Judge(SupervisorStrategy.Default, new PoisonedException("an event")).Directive);

    [Fact]
    public void What_fails_is_restarted_at_once_the_first_time() =>
        Assert.Equal(new Verdict(Directive.Restart, TimeSpan.Zero), Judge(SupervisorStrategy.Default, new IOException()));

    [Theory]
    [InlineData(Directive.Resume)]
    [InlineData(Directive.Stop)]
    [InlineData(Directive.Escalate)]
    public void The_decision_is_the_strategys(Directive directive) =>
        Assert.Equal(new Verdict(directive), Judge(new SupervisorStrategy(_ => directive), new IOException()));

    [Fact]
    public void Restarts_back_off_and_end_after_the_limit()
    {
        var strategy = SupervisorStrategy.Default with { MaxRestarts = 4 };
        var history = new FailureHistory();

        var verdicts = Enumerable.Range(0, 5).Select(_ => strategy.Judge(new IOException(), history, _start, "/a")).ToList();

        Assert.All(verdicts[..4], verdict => Assert.Equal(Directive.Restart, verdict.Directive));
        Assert.True(verdicts[1].Delay < verdicts[2].Delay && verdicts[2].Delay < verdicts[3].Delay);
        Assert.Equal(Directive.Stop, verdicts[4].Directive);
    }

    [Fact]
    public void Failures_of_long_ago_are_forgotten()
    {
        var strategy = SupervisorStrategy.Default with { MaxRestarts = 1 };
        var history = new FailureHistory();

        strategy.Judge(new IOException(), history, _start, "/a");
        var later = strategy.Judge(new IOException(), history, _start + strategy.Within + TimeSpan.FromTicks(1), "/a");

        Assert.Equal(new Verdict(Directive.Restart, TimeSpan.Zero), later);
    }

    [Fact]
    public void The_back_off_doubles_up_to_its_limit_and_is_spread_by_a_quarter()
    {
        var backOff = new BackOff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));
        double[] expected = [0, 100, 200, 400, 800, 1000, 1000];

        for (var attempt = 1; attempt <= expected.Length; attempt++)
            foreach (var who in new[] { "/a", "/b", "/c" })
                Assert.InRange(backOff.Before(attempt, who).TotalMilliseconds, expected[attempt - 1] * 0.75, expected[attempt - 1]);
        Assert.NotEqual(backOff.Before(5, "/a"), backOff.Before(5, "/b"));
        Assert.Equal(backOff.Before(5, "/a"), backOff.Before(5, "/a"));
        Assert.InRange(backOff.Before(int.MaxValue, "/a"), TimeSpan.Zero, backOff.Limit);
    }

    static Verdict Judge(SupervisorStrategy strategy, Exception failure) => strategy.Judge(failure, new FailureHistory(), _start, "/a");
}
