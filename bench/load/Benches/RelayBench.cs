using TeleCube.Load.Rtp;

namespace TeleCube.Load.Benches;

/// <summary>Bridged G.711 calls with real audio: CPU, loss and delay through the target beside a direct path and a C relay, windows interleaved.</summary>
sealed class RelayBench(Arguments arguments, string calls = "50,100,200,300,700", double seconds = 5, int runs = 7) : IBench
{
    readonly int[] _sizes = arguments.Wholes("calls", calls);
    readonly int _runs = arguments.Whole("relay-runs", runs);
    readonly TimeSpan _length = arguments.Seconds("window-seconds", seconds);
    readonly TimeSpan _warmUp = arguments.Seconds("warm-up", 1);
    readonly double _rate = arguments.Number("dial-rate", 50);
    readonly int _threads = arguments.Whole("twin-threads", Environment.ProcessorCount);

    public async Task Run(BenchContext context, CancellationToken stop)
    {
        var tables = new RelayTables(context.Report, _runs, _length);
        foreach (var size in _sizes)
        {
            BenchContext.Say($"relay: {size} calls");
            using var field = new CallField(context.Target, size);
            using var twin = await Twin.Start(context.Home, size, _threads, stop);
            using var bridged = new BridgedCalls(context.Target, field);
            await bridged.Register();
            var refused = await bridged.Dial(field.Callers, _rate, stop);
            if (refused.Count > 0)
            {
                tables.Refused(size, refused);
                await bridged.HangUp(_rate, stop);
                return;
            }
            RelayPath[] paths = [RelayPath.Direct(field), RelayPath.Through(twin), RelayPath.Through(context.Running.Processes, field)];
            var samples = paths.ToDictionary(path => path.Name, _ => new List<RelaySample>());
            for (var run = 1; run <= _runs; run++)
                for (var turn = 0; turn < paths.Length; turn++)
                {
                    var path = paths[(run + turn) % paths.Length]; // who comes after whom changes, since the order leaves traces
                    var sample = await path.Measure(field, _warmUp, _length, stop);
                    samples[path.Name].Add(sample);
                    BenchContext.Say($"relay: {size} calls, run {run} of {_runs}, {path.Name}: {sample.CpuUsPerPacket:0.0} µs a packet, lost {sample.Window.Lost} of {sample.Window.Sent}, socket errors {sample.Window.Refused}");
                }
            tables.Add(size, samples, bridged.Standing, await bridged.HangUp(_rate, stop), field.SkippedFrames);
        }
    }
}
