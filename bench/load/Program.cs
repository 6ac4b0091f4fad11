using System.Runtime.InteropServices;
using TeleCube.Load;
using TeleCube.Load.Benches;
using TeleCube.Load.Report;
using TeleCube.Load.Targets;

var home = Environment.GetEnvironmentVariable("LOAD_HOME") ?? Directory.GetCurrentDirectory();
using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // let the benches end what they started
    stopping.Cancel();
}
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    var arguments = Arguments.Parse(args);
    if (Commands.Find(arguments) is not { } benches)
    {
        Console.Error.WriteLine(Commands.Usage);
        return arguments.Command is "help" or "--help" or "-h" ? 0 : 2;
    }
    var target = TargetFile.Read(home, arguments.Text("target", "kamailio"), arguments.Overrides);
    var results = arguments.Text("out", Path.Combine(home, "..", "..", "artifacts", "load"));
    arguments.RejectUnknown();

    using var running = await RunningTarget.Open(target, home, stopping.Token);
    var report = new LoadReport(target.Name, arguments.Command, DateTimeOffset.UtcNow);
    var context = new BenchContext(running, report, home);
    try
    {
        foreach (var bench in benches) await bench.Run(context, stopping.Token);
    }
    finally
    {
        Console.WriteLine(report.ToMarkdown());
        Console.Error.WriteLine($"written to {Path.GetFullPath(report.Write(results))}");
    }
    return 0;
}
catch (LoadException problem)
{
    Console.Error.WriteLine($"load: {problem.Message}");
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("load: stopped");
    return 130;
}
