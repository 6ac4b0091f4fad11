using TeleCube.Load.Report;
using TeleCube.Load.Rtp;
using TeleCube.Load.Sipp;

namespace TeleCube.Load.Benches;

/// <summary>Twice the highest clean rate while some calls talk: who is refused, who is let down, and how soon half of it works again.</summary>
sealed class OverloadTrial(Arguments arguments)
{
    // The talking phones hold the caller's port; SIPp's callers sit beside it.
    const int OverloadPort = 2;
    const int AfterwardsPort = 4;

    readonly double _factor = arguments.Number("overload", 2);
    readonly int _talking = arguments.Whole("talking-calls", 20);
    readonly TimeSpan _length = arguments.Seconds("overload-seconds", 10);
    readonly TimeSpan _recovery = arguments.Seconds("recovery-seconds", 15);
    readonly TimeSpan _hold = arguments.Seconds("hold", 0.2);

    public async Task Run(BenchContext context, double highest, CancellationToken stop)
    {
        if (_factor <= 1) return;
        var table = context.Report.Table(
            "Overload",
            "Harmed: answered, but not ended as a call should. Back to normal: the second of a run at half of the highest rate, begun the moment the overload stops, "
            + "after which nothing was repeated, refused or failed. Talking: calls with audio that stood before, while and after.");
        if (context.Target.Answers)
        {
            using var calls = await SippCalls.Open(context.Running, context.Home, withCallee: true, stop);
            var (run, after) = await Load(calls, highest, stop);
            Add(table, run, after);
            return;
        }
        using var field = new CallField(context.Target, _talking + 1);
        using var bridged = new BridgedCalls(context.Target, field, spare: field.Callees[_talking]);
        await bridged.Register();
        var refused = await bridged.Dial([.. field.Callers.Take(_talking)], 20, stop);
        if (refused.Count > 0) throw new LoadException($"the calls that were to talk during the overload did not stand: {string.Join(", ", refused)}");
        await Talk(context, table, field, bridged, highest, stop);
    }

    async Task Talk(BenchContext context, ReportTable table, CallField field, BridgedCalls bridged, double highest, CancellationToken stop)
    {
        foreach (var stream in field.Callers.Concat(field.Callees).Where(stream => stream.Peer is not null))
        {
            stream.Aim(stream.Peer!);
            stream.Sending = true;
        }
        using var calls = await SippCalls.Open(context.Running, context.Home, withCallee: false, stop);
        var window = field.Open();
        var (run, after) = await Load(calls, highest, stop);
        await field.Close();
        var standing = bridged.Standing;
        var unanswered = await bridged.HangUp(20, stop);
        Add(table, run, after, ("talking calls", _talking), ("ended by themselves", _talking - standing), ("BYE unanswered", unanswered),
            ("RTP lost %", window.Sent == 0 ? null : 100.0 * window.Lost / window.Sent), ("RTP p99 µs", window.Latency.At(0.99)));
    }

    async Task<(SetupRun Overload, SetupRun After)> Load(SippCalls calls, double highest, CancellationToken stop)
    {
        BenchContext.Say($"overload: {highest * _factor:0} calls/s for {_length.TotalSeconds} s");
        var overload = calls.Run(highest * _factor, _length, _hold, stop, OverloadPort);
        await Task.Delay(_length, stop);
        var after = await calls.Run(highest / 2, _recovery, _hold, stop, AfterwardsPort); // while the overload's last calls still time out
        return (await overload, after);
    }

    static void Add(ReportTable table, SetupRun run, SetupRun after, params (string, object?)[] talking)
    {
        var (counts, share) = (run.Counts, 100 / Math.Max(1, run.Counts.Created));
        table.Add(
        [
            ("calls/s asked", run.Rate), ("achieved", run.Achieved), ("calls", (long)counts.Created), ("answered %", counts.Answered * share),
            ("503 %", counts.Refused * share), ("timed out %", counts.TimedOut * share),
            ("failed otherwise %", Math.Max(0, counts.Failed - counts.TimedOut) * share),
            ("harmed", (long)Math.Max(0, counts.Answered - counts.Completed)),
            ("back to normal s", after.CleanAfterSeconds), ("then failed", (long)after.Counts.Failed), .. talking,
        ]);
    }
}
