using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Calls.Live;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Calls;

public sealed class AdmissionControlTests
{
    readonly ManualClock _clock = new();
    TimeSpan _lag;

    [Fact]
    public void New_calls_are_let_in_at_the_rate_and_a_burst_of_one_second()
    {
        var control = Control(maxCalls: 100, perSecond: 10);
        Assert.All(Enumerable.Range(0, 10), _ => Begin(control));
        Assert.Equal("Too Many New Calls", control.WhyNot());
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Begin(control);
        Assert.NotNull(control.WhyNot());
        Assert.Equal(2, control.Refused);
    }

    [Fact]
    public void Work_that_waits_refuses_new_calls()
    {
        var control = Control(maxCalls: 100, perSecond: 10);
        _lag = TimeSpan.FromMilliseconds(51);
        Assert.Equal("Overloaded", control.WhyNot());
        _lag = TimeSpan.Zero;
        Assert.Null(control.WhyNot());
    }

    [Fact]
    public void A_challenge_is_no_call()
    {
        var control = Control(maxCalls: 100, perSecond: 1);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(control.WhyNot()));
        Begin(control);
        Assert.Equal("Too Many New Calls", control.WhyNot());
    }

    /// <summary>The API's threads ask beside the stack's loop.</summary>
    [Fact]
    public void As_many_as_may_begin_do_though_many_ask_at_once()
    {
        var control = Control(maxCalls: 1, perSecond: 400_000);
        var begun = 0;
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 100_000; i++) if (control.Begin() is null) Interlocked.Increment(ref begun);
        });
        Assert.Equal((400_000, 400_000L), (begun, control.Refused));
    }

    [Fact]
    public void A_full_node_refuses_new_calls() => Assert.Equal("Too Many Calls", Control(maxCalls: 0, perSecond: 10).WhyNot());

    [Fact]
    public void A_drained_node_refuses_new_calls_until_it_is_resumed()
    {
        var drain = new Drain();
        var control = Control(maxCalls: 100, perSecond: 10, drain);
        drain.Begin(_clock.GetUtcNow());
        Assert.Equal("Being Emptied", control.WhyNot());
        drain.Begin(_clock.GetUtcNow().AddHours(1));
        Assert.Equal(_clock.GetUtcNow(), drain.Since); // since the first time
        drain.End();
        Assert.Null(control.WhyNot());
    }

    AdmissionControl Control(int maxCalls, int perSecond, Drain? drain = null) =>
        new(new AdmissionOptions(maxCalls, perSecond, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5)), new LiveCalls(), () => _lag, _clock, drain);

    static void Begin(AdmissionControl control)
    {
        Assert.Null(control.WhyNot());
        control.Begun();
    }
}
