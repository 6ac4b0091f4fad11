using System.Diagnostics;
using TeleCube.Load.Machine;
using TeleCube.Load.Rtp;

namespace TeleCube.Load.Benches;

/// <summary>Minutes of steady traffic: does anything grow, and is everything given back when it is over.</summary>
sealed class SoakBench(Arguments arguments) : IBench
{
    readonly double _minutes = arguments.Number("minutes", 10);
    readonly double _rate = arguments.Number("rate", 50);
    readonly double _audio = arguments.Number("audio-share", 0.1);
    readonly TimeSpan _hold = arguments.Seconds("hold", 2);
    readonly TimeSpan _every = arguments.Seconds("every", 5);
    readonly TimeSpan _after = arguments.Seconds("after-seconds", 45);
    readonly string _gauges = arguments.Text("gauges", "transaction|dialog|port|actor|timer|call|session|leg|flow");

    public async Task Run(BenchContext context, CancellationToken stop)
    {
        // A call holds its stream for the hold time and a little; twice that leaves room for a target that answers slowly.
        using var field = new CallField(context.Target, (int)(2 * _rate * (_hold.TotalSeconds + 1)) + 10);
        using var traffic = new SoakTraffic(context.Target, field);
        using var gauges = new Gauges(context.Target.Metrics, _gauges);
        await traffic.Register();
        var series = new SoakSeries();
        var processes = context.Running.Processes;
        series.Before(processes.Sample(), await gauges.Read(stop));

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(TimeSpan.FromMinutes(_minutes));
        var (started, cpu, window) = (Stopwatch.GetTimestamp(), processes.Cpu(), field.Open());
        var run = traffic.Run(_rate, _audio, _hold, enough.Token);
        using (var pace = new PeriodicTimer(_every))
            while (!run.IsCompleted && !enough.IsCancellationRequested)
            {
                await pace.WaitForNextTickAsync(stop);
                if (enough.IsCancellationRequested) break;
                series.Add(Stopwatch.GetElapsedTime(started).TotalMinutes, processes.Sample(), await gauges.Read(stop));
                BenchContext.Say($"soak: {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} of {_minutes} min, {traffic.Answered} calls, {traffic.Refused} refused, {traffic.Failed} failed");
            }
        await run;
        cpu = processes.Cpu() - cpu;
        await field.Close();
        BenchContext.Say($"soak: calls are over, waiting {_after.TotalSeconds} s for SIP's timers");
        await Task.Delay(_after, stop);
        series.After(processes.Sample(), await gauges.Read(stop));
        Report(context, series, traffic, window, cpu);
    }

    void Report(BenchContext context, SoakSeries series, SoakTraffic traffic, RtpWindow window, TimeSpan cpu)
    {
        var growing = series.Report(context.Report.Table(
            "What a soak leaves behind",
            "Memory is judged by its slope after the first third of the run; everything else by what is left when the calls are over and SIP's timers have run out."));
        var sound = growing.Count == 0 && traffic is { Failed: 0, Refused: 0 };
        context.Report.Table("Soak", $"{_minutes} minutes at {_rate} calls/s of {_hold.TotalSeconds} s, {_audio:0%} of them with audio.").Add(
            ("completed", traffic.Answered), ("calls/s", traffic.Answered / (_minutes * 60)), ("503", traffic.Refused), ("failed", traffic.Failed), ("left out", traffic.LeftOut), ("repeated", traffic.Repeated),
            ("CPU ms/call", cpu.TotalMilliseconds / Math.Max(1, traffic.Answered)), ("RTP packets", window.Sent), ("RTP lost %", 100.0 * window.Lost / Math.Max(1, window.Sent)),
            ("verdict", sound ? "nothing grew" : growing.Count > 0 ? $"grew: {string.Join(", ", growing)}" : "calls failed"));
    }
}
