using TeleCube.Load.Machine;
using TeleCube.Load.Report;
using TeleCube.Load.Rtp;

namespace TeleCube.Load.Benches;

/// <summary>What an idle bridged call holds in memory, and how much of it comes back after hang-up.</summary>
sealed class MemoryBench(Arguments arguments) : IBench
{
    readonly int[] _sizes = arguments.Wholes("memory-calls", "500");
    readonly int _rounds = arguments.Whole("rounds", 3);
    readonly TimeSpan _settle = arguments.Seconds("settle", 5);
    readonly TimeSpan _after = arguments.Seconds("after-seconds", 40);
    readonly double _rate = arguments.Number("dial-rate", 50);

    public async Task Run(BenchContext context, CancellationToken stop)
    {
        var table = context.Report.Table(
            "Memory of idle bridged calls",
            $"Proportional set size of the target's processes. A round dials all calls, waits {_settle.TotalSeconds} s, hangs up and waits {_after.TotalSeconds} s, longer than SIP's own timers. "
            + "The first round also pays for code and pools: what counts is what the later ones take of the warmed process, and what they leave behind. "
            + "Private is what no file backs: heaps and stacks.");
        foreach (var size in _sizes)
        {
            using var field = new CallField(context.Target, size);
            using var bridged = new BridgedCalls(context.Target, field);
            await bridged.Register();
            for (var round = 1; round <= _rounds; round++)
            {
                BenchContext.Say($"memory: {size} calls, round {round} of {_rounds}");
                var before = context.Running.Processes.Sample();
                var refused = await bridged.Dial(field.Callers, _rate, stop);
                await Task.Delay(_settle, stop);
                var (standing, with) = (bridged.Standing, context.Running.Processes.Sample());
                var unanswered = await bridged.HangUp(_rate, stop);
                await Task.Delay(_after, stop);
                Add(table, round, standing, before, with, context.Running.Processes.Sample(), $"{Not(refused.Count, "refused")}{Not(unanswered, "BYEs unanswered")}");
            }
        }
    }

    static void Add(ReportTable table, int round, int calls, ProcessSample before, ProcessSample with, ProcessSample after, string note)
    {
        var taken = with.ResidentBytes - before.ResidentBytes;
        table.Add(
            ("round", round), ("calls", calls), ("before MB", Mega(before)), ("with calls MB", Mega(with)), ("after MB", Mega(after)),
            ("kB/call", calls == 0 ? null : taken / 1024.0 / calls),
            ("private kB/call", calls == 0 ? null : (with.PrivateBytes - before.PrivateBytes) / 1024.0 / calls), ("private after MB", after.PrivateBytes / 1048576.0),
            ("returned %", taken <= 0 ? null : 100.0 * (with.ResidentBytes - after.ResidentBytes) / taken),
            ("descriptors/call", calls == 0 ? null : (with.Descriptors - before.Descriptors) / (double)calls), ("descriptors left", after.Descriptors - before.Descriptors),
            ("threads left", after.Threads - before.Threads), ("note", note));
    }

    static string Not(int count, string what) => count == 0 ? "" : $"{count} {what} ";

    static double Mega(ProcessSample sample) => sample.ResidentBytes / 1048576.0;
}
