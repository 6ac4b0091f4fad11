using TeleCube.Load.Report;
using TeleCube.Load.Sipp;

namespace TeleCube.Load.Benches;

/// <summary>What a call costs to set up and tear down, what the idle process costs, how many calls a second are clean, and what happens beyond that.</summary>
sealed class SetupBench(Arguments arguments) : IBench
{
    // After the last BYE the transactions live on for 64 × T1.
    static readonly TimeSpan TransactionsEnd = TimeSpan.FromSeconds(35);

    readonly int[] _rates = arguments.Wholes("rates", "50");
    readonly int _warmUpCalls = arguments.Whole("warm-up-calls", 3000);
    readonly double _warmUpRate = arguments.Number("warm-up-rate", 150);
    readonly TimeSpan _idle = arguments.Seconds("idle-seconds", 10);
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
            await WarmUp(calls, stop);
            await MeasureIdle(context, stop);
            var table = context.Report.Table("Call set-up and tear-down", $"INVITE, 180, 20 ms of ringing, 200, ACK, {_hold.TotalMilliseconds} ms of talk, BYE between two SIPp, after {_warmUpCalls} calls to warm up{(calls.HasPlain ? ", runs with and without the scheme in turn" : "")}; each row the median of {_runs} runs of {_length.TotalSeconds} s.");
            foreach (var rate in _rates) await Measure(calls, "given", rate, table, stop);
            highest = await _search.Highest(calls, context.Report, stop);
            if (highest > 0) await Measure(calls, "highest clean", highest, table, stop);
        }
        if (highest > 0) await _overload.Run(context, highest, stop);
    }

    /// <summary>So many calls that a target with a compiler at run time has done with it, before anything is measured.</summary>
    async Task WarmUp(SippCalls calls, CancellationToken stop)
    {
        if (_warmUpCalls == 0) return;
        BenchContext.Say($"setup: warming up with {_warmUpCalls} calls");
        await calls.Run(_warmUpRate, TimeSpan.FromSeconds(_warmUpCalls / _warmUpRate), _hold, stop);
    }

    async Task MeasureIdle(BenchContext context, CancellationToken stop)
    {
        if (_idle == TimeSpan.Zero) return;
        await Task.Delay(TransactionsEnd, stop);
        var before = context.Running.Processes.Sample();
        await Task.Delay(_idle, stop);
        var after = context.Running.Processes.Sample();
        context.Report.Table("Idle", $"{_idle.TotalSeconds} s without a call, {TransactionsEnd.TotalSeconds} s after the last one.").Add(
            ("CPU ms/s", (after.Cpu - before.Cpu).TotalMilliseconds / _idle.TotalSeconds),
            ("context switches/s", (after.Switches - before.Switches) / _idle.TotalSeconds), ("threads", after.Threads));
    }

    async Task Measure(SippCalls calls, string name, double rate, ReportTable table, CancellationToken stop)
    {
        List<SetupRun> runs = [], plain = [];
        for (var run = 1; run <= _runs; run++)
        {
            runs.Add(await One(calls, rate, run, isPlain: false, stop));
            if (calls.HasPlain) plain.Add(await One(calls, rate, run, isPlain: true, stop));
        }
        Add(table, name, rate, runs, plain.Count == 0 ? null : ("× plain", Statistics.Median(runs.Zip(plain, (one, other) => one.CpuMsPerCall / other.CpuMsPerCall))));
        if (plain.Count > 0) Add(table, name + ", plain", rate, plain, null);
    }

    async Task<SetupRun> One(SippCalls calls, double rate, int run, bool isPlain, CancellationToken stop)
    {
        var one = await calls.Run(rate, _length, _hold, stop, plain: isPlain);
        BenchContext.Say($"setup: {rate:0.#}/s{(isPlain ? ", plain" : "")}, run {run} of {_runs}: {one.CpuMsPerCall:0.00} ms and {one.SwitchesPerCall:0} switches a call, {(one.Counts.Clean ? "clean" : "not clean")}");
        return one;
    }

    static void Add(ReportTable table, string name, double rate, List<SetupRun> runs, (string, object?)? ratio)
    {
        (string, object?)[] row =
        [
            ("rate", name), ("calls/s", rate), ("CPU ms/call", Statistics.Median(runs.Select(run => run.CpuMsPerCall))),
            ("lowest", runs.Min(run => run.CpuMsPerCall)), ("greatest", runs.Max(run => run.CpuMsPerCall)),
            ("context switches/call", Statistics.Median(runs.Select(run => run.SwitchesPerCall))),
            ("answer ms", Statistics.Median(runs.Select(run => run.Counts.AnswerMs))), ("calls", (long)runs.Sum(run => run.Counts.Created)),
            ("failed", (long)runs.Sum(run => run.Counts.Failed)), ("503", (long)runs.Sum(run => run.Counts.Refused)),
            ("repeated", (long)runs.Sum(run => run.Counts.Repeated)), ("clean runs", $"{runs.Count(run => run.Counts.Clean)}/{runs.Count}"),
        ];
        table.Add(ratio is { } cell ? [.. row, cell] : row);
    }
}
