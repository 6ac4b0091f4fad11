using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using TeleCube.Tests.Support.Processes;

namespace TeleCube.Tests.Support.Sipp;

/// <summary>A running SIPp: a carrier, a phone, or a load.</summary>
public sealed partial class SippRun : IAsyncDisposable
{
    static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(10);

    readonly TempFolder _folder;
    readonly ManagedProcess _process;

    SippRun(SippOptions options, TempFolder folder, ManagedProcess process) => (Options, _folder, _process) = (options, folder, process);

    public SippOptions Options { get; }

    public int Pid => _process.Pid;

    /// <summary>Starts it; a scenario that is called listens when this returns.</summary>
    public static async Task<SippRun> Start(SippOptions options)
    {
        var folder = new TempFolder();
        var process = ManagedProcess.Start(Tool.Find("sipp", "sip-tester"), options.Arguments(folder), folder.Path);
        var run = new SippRun(options, folder, process);
        try
        {
            if (options.Remote is null) await run.Listening();
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<SippResult> Run(SippOptions options)
    {
        await using var run = await Start(options);
        return await run.End();
    }

    /// <summary>Waits for its end and collects what it counted.</summary>
    public async Task<SippResult> End()
    {
        var code = await _process.WaitForExit(Options.Within + StartWithin);
        return Collect(code);
    }

    /// <summary>Ends it early (after its running calls) and collects what it counted.</summary>
    public async Task<SippResult> Stop()
    {
        const int Usr1 = 10; // SIPp's "no new calls, then quit"
        _process.Signal(Usr1);
        return await End();
    }

    /// <summary>The messages so far, as SIPp writes them down.</summary>
    public string Messages => Read("messages.log");

    /// <summary>Waits until its messages are as wanted.</summary>
    public async Task Until(Func<string, bool> wanted, TimeSpan within)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var over = new CancellationTokenSource(within);
        try
        {
            while (!wanted(Messages)) await ticks.WaitForNextTickAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"SIPp has not come so far within {within.TotalSeconds} s:\n{Messages}");
        }
    }

    /// <summary>Waits for the first session description that names an address other than its own, and returns where its audio is.</summary>
    public async Task<IPEndPoint> OtherSidesAudio(TimeSpan within)
    {
        await Until(messages => OthersIn(messages) is not null, within);
        return OthersIn(Messages)!;
    }

    IPEndPoint? OthersIn(string messages) => SessionDescription().Matches(messages)
        .Select(described => new IPEndPoint(IPAddress.Parse(described.Groups[1].Value), int.Parse(described.Groups[2].Value, CultureInfo.InvariantCulture)))
        .FirstOrDefault(audio => !audio.Address.Equals(Options.Local.Address));

    [GeneratedRegex(@"c=IN IP[46] ([0-9a-f.:]+)\r?\n(?:[^m][^\n]*\n)*m=audio (\d+)")]
    private static partial Regex SessionDescription();

    SippResult Collect(int code) => new(code, Statistics(), Read("errors.log"), Messages);

    async Task Listening()
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var over = new CancellationTokenSource(StartWithin);
        while (!IsBound())
        {
            if (_process.HasExited) throw new InvalidOperationException($"SIPp did not start: {Collect(_process.ExitCode)}\n{_process.Output}");
            await ticks.WaitForNextTickAsync(over.Token);
        }
    }

    bool IsBound()
    {
        var bound = IPGlobalProperties.GetIPGlobalProperties();
        var listeners = Options.Transport.StartsWith('u') ? bound.GetActiveUdpListeners() : bound.GetActiveTcpListeners();
        return listeners.Contains(Options.Local);
    }

    /// <summary>The last line of SIPp's CSV by its header.</summary>
    Dictionary<string, string> Statistics()
    {
        var lines = Read("statistics.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2) return [];
        var (names, values) = (lines[0].Split(';'), lines[^1].Split(';'));
        return names.Zip(values).Where(pair => pair.First.Length > 0).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    string Read(string name)
    {
        if (!File.Exists(_folder[name])) return "";
        using var file = new StreamReader(new FileStream(_folder[name], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
