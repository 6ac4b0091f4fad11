using System.Globalization;
using System.Net;
using TeleCube.Load.Machine;

namespace TeleCube.Load.Rtp;

/// <summary>The relay written in C that ours is compared with; compiled when it is needed.</summary>
sealed class Twin : IDisposable
{
    const int FirstPort = 22000;
    static readonly IPAddress Address = IPAddress.Parse("127.0.0.92");

    readonly ChildProcess _process;

    Twin(ChildProcess process) => _process = process;

    public ProcessTree Processes => new([_process.Id]);

    public static async Task<Twin> Start(string home, int calls, int threads, CancellationToken stop)
    {
        var program = Path.Combine(home, "obj", "twin");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        using (var compiler = ChildProcess.Start("gcc", ["-O2", "-pthread", "-o", program, Path.Combine(home, "twin.c")], home))
        {
            await compiler.Ended(stop);
            if (compiler.ExitCode != 0) throw new LoadException($"gcc could not compile twin.c: {compiler.LastWords}");
        }
        var process = ChildProcess.Start(program, [Address.ToString(), Text(FirstPort), Text(calls), Text(threads)], home);
        while (!process.HasExited && process.LastWords != "ready") await Task.Delay(10, stop);
        return process.HasExited ? throw new LoadException(process.LastWords) : new(process);
    }

    public static IPEndPoint CallerSide(int call) => new(Address, FirstPort + 4 * call);

    public static IPEndPoint CalleeSide(int call) => new(Address, FirstPort + 4 * call + 2);

    public void Dispose() => _process.Dispose();

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
