using TeleCube.Node.Health;

namespace TeleCube.Node.Tests.Health;

public sealed class ReadinessTests
{
    [Fact]
    public void A_node_is_ready_between_start_and_stop()
    {
        var readiness = new Readiness();
        Assert.Equal("starting", Assert.Single(readiness.Now().Checks).Reason);
        readiness.Started();
        Assert.True(readiness.Now().Ready);
        readiness.Stopping();
        Assert.False(readiness.Now().Ready);
    }

    [Fact]
    public void Each_check_gives_its_reason_and_one_that_throws_is_a_failed_one()
    {
        var readiness = new Readiness();
        readiness.Started();
        readiness.Add("database", () => "away since 12:00");
        readiness.Add("media", () => throw new InvalidOperationException("no loop"));

        var report = readiness.Now();

        Assert.False(report.Ready);
        Assert.Equal(
            [new("database", false, "away since 12:00"), new("media", false, "the check itself failed: no loop"), new("running", true, null)],
            report.Checks);
    }
}
