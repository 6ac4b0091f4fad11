using System.Net;
using System.Net.NetworkInformation;
using TeleCube.Tests.Support.Processes;

namespace TeleCube.Tests.Support.Kamailio;

/// <summary>
/// A carrier that we did not write: Kamailio as the registrar and proxy of one account. Its nonces last two seconds and its registrations three, so that
/// a test sees refreshes and changed nonces. Calls for +48943401128 go to whoever is registered as 48943401128, all others to a second carrier.
/// </summary>
public sealed class KamailioRun : IAsyncDisposable
{
    public const string User = "48943401128";

    static readonly TimeSpan _startWithin = TimeSpan.FromSeconds(10);

    readonly TempFolder _folder;
    readonly ManagedProcess _process;

    KamailioRun(IPEndPoint address, TempFolder folder, ManagedProcess process) => (Address, _folder, _process) = (address, folder, process);

    public IPEndPoint Address { get; }

    /// <summary>What it said about registrations and calls, oldest first.</summary>
    public IReadOnlyList<string> Said =>
        [.. _process.Output.Split('\n').Where(line => line.Contains("TEST ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf("TEST ", StringComparison.Ordinal) + 5)..].Trim())];

    public string Output => _process.Output;

    public static async Task<KamailioRun> Start(IPEndPoint address, string password, IPEndPoint called)
    {
        var folder = new TempFolder();
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "tests/Support/Kamailio/kamailio.cfg"));
        var configuration = folder.Write("kamailio.cfg", text
            .Replace("@LISTEN@", $"{address}", StringComparison.Ordinal)
            .Replace("@PASSWORD@", password, StringComparison.Ordinal)
            .Replace("@CALLED@", $"{called}", StringComparison.Ordinal));
        // -DD stays in the foreground, -m and -M keep it small, -Y has no run folder outside ours.
        var process = ManagedProcess.Start(Tool.Find("kamailio", "kamailio"), ["-f", configuration, "-DD", "-E", "-m", "32", "-M", "4", "-Y", folder.Path], folder.Path);
        var run = new KamailioRun(address, folder, process);
        try
        {
            await run.Listening();
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    async Task Listening()
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var over = new CancellationTokenSource(_startWithin);
        while (!IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Contains(Address))
        {
            if (_process.HasExited) throw new InvalidOperationException($"Kamailio did not start:\n{_process.Output}");
            await ticks.WaitForNextTickAsync(over.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
