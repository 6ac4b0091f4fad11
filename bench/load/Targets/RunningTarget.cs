using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TeleCube.Load.Machine;

namespace TeleCube.Load.Targets;

/// <summary>A target that answers, with its processes; one that the bench started ends with it, by its pid.</summary>
sealed class RunningTarget : IDisposable
{
    readonly ChildProcess? _child;

    RunningTarget(Target target, ChildProcess? child, ProcessTree processes)
    {
        Target = target;
        _child = child;
        Processes = processes;
    }

    public Target Target { get; }

    public ProcessTree Processes { get; }

    public static async Task<RunningTarget> Open(Target target, string home, CancellationToken stop)
    {
        var child = target.Start.Length == 0 ? null : ChildProcess.Start("/bin/bash", ["-c", "exec " + target.Start], home);
        try
        {
            if (!target.Answers || child is null) await Ready(target, child, stop);
            if (target.Metrics.Length > 0) await PageReady(target.Metrics, stop);
            if (target.Prepare.Length > 0) await Prepare(target, home, stop);
            return new(target, child, new ProcessTree(Roots(target, child)));
        }
        catch
        {
            child?.Dispose();
            throw;
        }
    }

    public void Dispose() => _child?.Dispose();

    static async Task Prepare(Target target, string home, CancellationToken stop)
    {
        using var command = ChildProcess.Start("/bin/bash", ["-c", "exec " + target.Prepare], home);
        await command.Ended(stop);
        if (command.ExitCode != 0) throw new LoadException($"'{target.Prepare}' failed: {command.LastWords}");
    }

    static IReadOnlyList<int> Roots(Target target, ChildProcess? child)
    {
        if (target.ProcessIds.Count > 0) return target.ProcessIds;
        if (target.ProcessIdFile.Length > 0)
            return [.. File.ReadAllText(target.ProcessIdFile).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        return child is null ? throw new LoadException("which processes are to be measured? give the target pids, pid-file or start") : [child.Id];
    }

    /// <summary>Any answer to OPTIONS will do; three minutes are enough for a server that is built first.</summary>
    static async Task Ready(Target target, ChildProcess? child, CancellationToken stop)
    {
        using var socket = new Socket(target.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new System.Net.IPEndPoint(target.Caller.Address, 0));
        socket.Connect(target.Address);
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 1; Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(3); attempt++)
        {
            if (child is { HasExited: true }) throw new LoadException($"the target ended while starting: {child.LastWords}");
            var options = $"OPTIONS sip:{target.Domain} SIP/2.0\r\nVia: SIP/2.0/UDP {socket.LocalEndPoint};branch=z9hG4bKready{attempt};rport\r\nMax-Forwards: 70\r\n"
                + $"From: <sip:load@{target.Domain}>;tag=ready\r\nTo: <sip:{target.Domain}>\r\nCall-ID: ready-{attempt}-{Environment.ProcessId}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(TimeSpan.FromMilliseconds(500));
            try
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(options), patience.Token);
                if (await socket.ReceiveAsync(new byte[4096], patience.Token) > 0) return;
            }
            catch (SocketException)
            {
                await Task.Delay(250, stop); // nobody listens yet
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
            }
        }
        throw new LoadException($"nothing answers OPTIONS at {target.Address}");
    }

    /// <summary>A server may open its page after its SIP.</summary>
    static async Task PageReady(string page, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await http.GetStringAsync(new Uri(page), stop);
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(250, stop);
            }
        }
    }
}
