using TeleCube.Load.Report;
using TeleCube.Load.Sipp;

namespace TeleCube.Load.Benches;

/// <summary>What a call costs to set up and tear down, how many a second are clean, and what happens beyond that.</summary>
sealed class SetupBench(Arguments arguments) : IBench
{
    readonly double _rate = arguments.Number("rate", 50);
    readonly int _runs = arguments.Whole("runs", 7);
    readonly TimeSpan _length = arguments.Seconds("seconds", 10);
    readonly TimeSpan _hold = arguments.Seconds("hold", 0.2);
    readonly RateSearch _search = new(arguments);
    readonly OverloadTrial _overload = new(arguments);

    public async Task Run(BenchContext context, CancellationToken stop)
    {
        double highest;
        using (var calls = await SippCalls.Open(context.Running, context.Home, withCallee: true, stop))
        {
            BenchContext.Say("setup: warming up");
            await calls.Run(Math.Max(1, _rate / 2), TimeSpan.FromSeconds(3), _hold, stop);
            var table = context.Report.Table("Call set-up and tear-down", $"INVITE, 180, 20 ms of ringing, 200, ACK, {_hold.TotalMilliseconds} ms of talk, BYE between two SIPp; each row the median of {_runs} runs of {_length.TotalSeconds} s.");
            await Measure(calls, "moderate", _rate, table, stop);
            highest = await _search.Highest(calls, context.Report, stop);
            if (highest > 0) await Measure(calls, "highest clean", highest, table, stop);
        }
        if (highest > 0) await _overload.Run(context, highest, stop);
    }

    async Task Measure(SippCalls calls, string name, double rate, ReportTable table, CancellationToken stop)
    {
        var runs = new List<SetupRun>();
        for (var run = 1; run <= _runs; run++)
        {
            runs.Add(await calls.Run(rate, _length, _hold, stop));
            BenchContext.Say($"setup: {rate:0.#}/s, run {run} of {_runs}: {runs[^1].CpuMsPerCall:0.00} ms a call, {(runs[^1].Counts.Clean ? "clean" : "not clean")}");
        }
        table.Add(
            ("rate", name), ("calls/s", rate), ("CPU ms/call", Statistics.Median(runs.Select(run => run.CpuMsPerCall))),
            ("lowest", runs.Min(run => run.CpuMsPerCall)), ("greatest", runs.Max(run => run.CpuMsPerCall)),
            ("answer ms", Statistics.Median(runs.Select(run => run.Counts.AnswerMs))), ("calls", (long)runs.Sum(run => run.Counts.Created)),
            ("failed", (long)runs.Sum(run => run.Counts.Failed)), ("503", (long)runs.Sum(run => run.Counts.Refused)),
            ("repeated", (long)runs.Sum(run => run.Counts.Repeated)), ("clean runs", $"{runs.Count(run => run.Counts.Clean)}/{runs.Count}"));
    }
}
