using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TeleCube.Node.Metrics;

/// <summary>The process as Prometheus' own client libraries describe one; collections, heap and threads come from System.Runtime.</summary>
public sealed class ProcessMetrics : IDisposable
{
    const string OpenFiles = "/proc/self/fd";

    readonly Meter _meter = new("TeleCube.Process");
    readonly Process _process = Process.GetCurrentProcess();

    public ProcessMetrics()
    {
        var started = (_process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        _meter.CreateObservableCounter("process.cpu", () => Fresh().TotalProcessorTime.TotalSeconds, "s", "User and system CPU time spent");
        _meter.CreateObservableGauge("process.resident_memory", () => Fresh().WorkingSet64, "By", "Resident memory");
        _meter.CreateObservableGauge("process.threads", () => Fresh().Threads.Count, null, "Threads of the operating system");
        _meter.CreateObservableGauge("process.start_time", () => started, "s", "Start of the process since the Unix epoch");
        if (Directory.Exists(OpenFiles))
            _meter.CreateObservableGauge("process.open_fds", () => Directory.GetFileSystemEntries(OpenFiles).Length, null, "Open file descriptors");
    }

    Process Fresh()
    {
        _process.Refresh();
        return _process;
    }

    public void Dispose()
    {
        _meter.Dispose();
        _process.Dispose();
    }
}
