using TeleCube.Load.Sipp;

namespace TeleCube.Load.Benches;

/// <summary>Twice the highest clean rate: who is refused, who is let down, and how soon half of it works again.</summary>
sealed class OverloadTrial(Arguments arguments)
{
    readonly double _factor = arguments.Number("overload", 2);
    readonly TimeSpan _length = arguments.Seconds("overload-seconds", 10);
    readonly TimeSpan _recovery = arguments.Seconds("recovery-seconds", 15);
    readonly TimeSpan _hold = arguments.Seconds("hold", 0.2);

    public async Task Run(BenchContext context, double highest, CancellationToken stop)
    {
        if (_factor <= 1) return;
        using var calls = await SippCalls.Open(context.Running, context.Home, withCallee: true, stop);
        BenchContext.Say($"overload: {highest * _factor:0} calls/s for {_length.TotalSeconds} s");
        var overload = calls.Run(highest * _factor, _length, _hold, stop);
        await Task.Delay(_length, stop);
        var after = await calls.Run(highest / 2, _recovery, _hold, stop, beside: 2); // while the overload's last calls still time out
        var run = await overload;
        var (counts, share) = (run.Counts, 100 / Math.Max(1, run.Counts.Created));
        context.Report.Table("Overload", "Harmed: answered, but not ended as a call should. Back to normal: the second of a run at half of the highest rate, begun the moment the overload stops, after which nothing was repeated, refused or failed.").Add(
            ("calls/s asked", run.Rate), ("achieved", run.Achieved), ("calls", (long)counts.Created), ("answered %", counts.Answered * share), ("503 %", counts.Refused * share),
            ("timed out %", counts.TimedOut * share), ("failed otherwise %", Math.Max(0, counts.Failed - counts.TimedOut) * share),
            ("harmed", (long)Math.Max(0, counts.Answered - counts.Completed)),
            ("back to normal s", after.CleanAfterSeconds), ("then failed", (long)after.Counts.Failed));
    }
}
