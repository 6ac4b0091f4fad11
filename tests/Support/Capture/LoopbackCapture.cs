using TeleCube.Tests.Support.Processes;

namespace TeleCube.Tests.Support.Capture;

/// <summary>Records what passes on loopback by tshark, for what a test must see on the wire itself.</summary>
public sealed class LoopbackCapture : IAsyncDisposable
{
    const int Interrupt = 2;

    static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(20);

    readonly TempFolder _folder = new();
    readonly CaptureProbe _probe = new();
    readonly ManagedProcess _process;

    LoopbackCapture(string filter) => _process = ManagedProcess.Start(
        Tool.Find("tshark", "tshark"), ["-i", "lo", "-f", $"({filter}) or ({_probe.Filter})", "-w", File], _folder.Path);

    /// <summary>The capture file.</summary>
    public string File => _folder["capture.pcapng"];

    /// <summary>Begins to capture what matches a libpcap filter, such as <c>udp port 5060</c>. It has seen a probe of its own when this returns.</summary>
    public static async Task<LoopbackCapture> Start(string filter)
    {
        var capture = new LoopbackCapture(filter);
        try
        {
            await capture._process.Errors.First(line => line.Contains("Capturing on", StringComparison.Ordinal), StartWithin);
            await capture._probe.SeenIn(capture.File, StartWithin);
            return capture;
        }
        catch (TimeoutException)
        {
            var said = capture._process.Output;
            await capture.DisposeAsync();
            throw new InvalidOperationException($"tshark does not capture on lo; run the tests as root. It says: {said}");
        }
    }

    /// <summary>Ends the capture and returns one array of fields for each packet that matches a display filter, such as <c>sip.Method == "INVITE"</c>.</summary>
    public async Task<IReadOnlyList<string[]>> Fields(string displayFilter, params string[] fields)
    {
        await Stop();
        await using var reader = ManagedProcess.Start(
            Tool.Find("tshark", "tshark"), ["-r", File, "-Y", displayFilter, "-T", "fields", .. fields.SelectMany(field => new[] { "-e", field })]);
        var code = await reader.WaitForExit(TimeSpan.FromMinutes(1));
        return code == 0 ? [.. reader.Lines.All.Select(line => line.Split('\t'))] : throw new InvalidOperationException($"tshark: {reader.Output}");
    }

    /// <summary>Ends the capture; the file is complete then: a second probe, sent after all else, is in it.</summary>
    public async Task Stop()
    {
        if (_process.HasExited) return;
        await _probe.SeenIn(File, StartWithin);
        _process.Signal(Interrupt);
        await _process.WaitForExit(StartWithin);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _probe.Dispose();
        _folder.Dispose();
    }
}
