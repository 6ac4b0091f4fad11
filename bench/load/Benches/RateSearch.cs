using TeleCube.Load.Report;
using TeleCube.Load.Sipp;

namespace TeleCube.Load.Benches;

/// <summary>Searches the highest rate at which no call fails, nothing is repeated and nothing refused: upwards in steps, then by halves.</summary>
sealed class RateSearch(Arguments arguments)
{
    readonly double _from = arguments.Number("from", 50);
    readonly double _to = arguments.Number("to", 2000);
    readonly double _growth = arguments.Number("growth", 1.5);
    readonly double _precision = arguments.Number("precision", 0.1);
    readonly TimeSpan _length = arguments.Seconds("step-seconds", 5);
    readonly TimeSpan _hold = arguments.Seconds("hold", 0.2);

    public async Task<double> Highest(SippCalls calls, LoadReport report, CancellationToken stop)
    {
        if (_to < _from) return 0;
        var table = report.Table("Search for the highest clean rate", "A rate that is not clean gets a second chance, since the machine is shared.");
        double clean = 0, dirty = double.PositiveInfinity, rate = _from;
        while (dirty > clean * (1 + _precision) && clean < _to)
        {
            var run = await Try(calls, rate, table, stop);
            if (run.GeneratorBound)
            {
                BenchContext.Say($"search: the caller managed only {run.Achieved:0} of {rate:0} calls/s; the target may be able to do more");
                return clean;
            }
            if (run.Counts.Clean) clean = rate;
            else dirty = rate;
            if (clean == 0 && rate < _from / 8) return 0;
            rate = clean == 0 ? rate / 2 : double.IsInfinity(dirty) ? Math.Min(_to, clean * _growth) : (clean + dirty) / 2;
        }
        return clean;
    }

    async Task<SetupRun> Try(SippCalls calls, double rate, ReportTable table, CancellationToken stop)
    {
        var run = await calls.Run(rate, _length, _hold, stop);
        Add(table, run);
        if (run.Counts.Clean) return run;
        await Settle(calls, stop);
        run = await calls.Run(rate, _length, _hold, stop);
        Add(table, run);
        if (!run.Counts.Clean) await Settle(calls, stop);
        return run;
    }

    /// <summary>After a rate that was too much, the next one must not pay for its leftovers.</summary>
    async Task Settle(SippCalls calls, CancellationToken stop)
    {
        for (var attempt = 0; attempt < 10; attempt++)
            if ((await calls.Run(Math.Max(1, _from / 10), TimeSpan.FromSeconds(2), _hold, stop)).Counts.Clean) return;
    }

    static void Add(ReportTable table, SetupRun run)
    {
        BenchContext.Say($"search: {run.Rate:0} calls/s {(run.Counts.Clean ? "clean" : $"failed {run.Counts.Failed}, 503 {run.Counts.Refused}, repeated {run.Counts.Repeated}")}");
        table.Add(
            ("calls/s", run.Rate), ("achieved", run.Achieved), ("clean", run.Counts.Clean), ("CPU ms/call", run.CpuMsPerCall), ("answer ms", run.Counts.AnswerMs),
            ("failed", (long)run.Counts.Failed), ("503", (long)run.Counts.Refused), ("repeated", (long)run.Counts.Repeated));
    }
}
