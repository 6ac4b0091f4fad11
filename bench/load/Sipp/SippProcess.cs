using System.Globalization;
using System.Net;
using TeleCube.Load.Machine;

namespace TeleCube.Load.Sipp;

/// <summary>One SIPp with a scenario of ours, its statistics in a directory of its own.</summary>
sealed class SippProcess : IDisposable
{
    static readonly TimeSpan WritesItsRows = TimeSpan.FromSeconds(1.2); // -fd 1

    readonly ChildProcess _process;
    readonly string _directory;

    SippProcess(ChildProcess process, string directory)
    {
        _process = process;
        _directory = directory;
    }

    public bool HasExited => _process.HasExited;

    public static SippProcess Start(string home, string scenario, IPEndPoint local, int mediaPort, params IEnumerable<string> more)
    {
        var directory = Directory.CreateTempSubdirectory("load-sipp-").FullName;
        string[] arguments =
        [
            "-sf", Path.Combine(home, "scenarios", scenario + ".xml"),
            "-i", local.Address.ToString(), "-p", Text(local.Port), "-mi", local.Address.ToString(), "-mp", Text(mediaPort),
            "-nostdin", "-trace_stat", "-stf", Path.Combine(directory, "stat.csv"), "-fd", "1", "-trace_counts", "-buff_size", "4194304", .. more,
        ];
        return new(ChildProcess.Start("sipp", arguments, directory), directory);
    }

    /// <summary>False when it had to be ended after the given time.</summary>
    public async Task<bool> Ended(TimeSpan atMost, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(atMost);
        try
        {
            await _process.Ended(patience.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Waits for the rows of the last second, then reads the totals.</summary>
    public async Task<SippCounts> Counts(CancellationToken stop)
    {
        if (!_process.HasExited) await Task.Delay(WritesItsRows, stop);
        var totals = SippTable.Read(Path.Combine(_directory, "stat.csv"));
        var messages = Messages();
        var refused = messages.Rows == 0 ? 0 : messages.Sum(messages.Rows - 1, "_503_Recv");
        return new(
            totals.Last("TotalCallCreated"),
            Answered(messages),
            totals.Last("SuccessfulCall(C)") - refused,
            refused,
            totals.Last("FailedMaxUDPRetrans(C)") + totals.Last("FailedTimeoutOnRecv(C)"),
            totals.Last("FailedCall(C)"),
            messages.Rows == 0 ? 0 : messages.Sum(messages.Rows - 1, "_Retrans"),
            messages.Rows == 0 ? 0 : messages.Seconds(messages.Rows - 1),
            totals.LastMilliseconds("ResponseTime1(C)"));
    }

    /// <summary>The second after which nothing was repeated, refused, unexpected or given up any more; null when the last second was still dirty.</summary>
    public double? CleanAfterSeconds()
    {
        var messages = Messages();
        double Dirt(int row) => messages.Sum(row, "_Retrans") + messages.Sum(row, "_503_Recv") + messages.Sum(row, "_Unexp") + messages.Sum(row, "_Timeout");
        if (messages.Rows == 0) return null;
        var last = messages.Rows - 1;
        while (last > 0 && Dirt(last) == Dirt(last - 1)) last--;
        return last == messages.Rows - 1 && last > 0 ? null : last == 0 ? 0 : messages.Seconds(last);
    }

    public void Dispose()
    {
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The BYE's 200 is the last 200 of the scenario; every other 200 is an answer.</summary>
    static double Answered(SippTable messages) =>
        messages.Rows == 0 ? 0 : messages.Sum(messages.Rows - 1, "_200_Recv") - messages.LastOf("_200_Recv");

    SippTable Messages()
    {
        var files = Directory.GetFiles(_directory, "*_counts.csv");
        return files.Length == 1
            ? SippTable.Read(files[0])
            : throw new LoadException($"SIPp wrote no statistics; it said: {_process.LastWords}");
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
