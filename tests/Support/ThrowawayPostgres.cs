using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TeleCube.Tests.Support;

/// <summary>A PostgreSQL cluster of the tests' own, in a temporary folder: real, durable (fsync on), and gone afterwards. A missing
/// server is a failure.</summary>
public sealed partial class ThrowawayPostgres : IAsyncDisposable
{
    const string Ready = "database system is ready to accept connections";
    const int Interrupt = 2;
    static readonly string _bin = Environment.GetEnvironmentVariable("TELECUBE_POSTGRES_BIN") ?? "/usr/lib/postgresql/15/bin";
    readonly TempFolder _folder = new();
    readonly int _port;
    Process? _server;
    Task _allGone = Task.CompletedTask;
    int _databases;

    ThrowawayPostgres(int port) => _port = port;

    public static async Task<ThrowawayPostgres> Start()
    {
        if (!File.Exists(Path.Combine(_bin, "initdb")))
            throw new InvalidOperationException($"PostgreSQL is missing in {_bin}: apt-get install postgresql-15");
        var postgres = new ThrowawayPostgres(FreePort());
        if (Environment.IsPrivilegedProcess) await Run("chown", "postgres", postgres._folder.Path);
        await postgres.Tool("initdb", "-D", postgres.Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync");
        await postgres.Restart();
        return postgres;
    }

    string Data => _folder["data"];

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await Tool("createdb", "-h", "127.0.0.1", "-p", $"{_port}", "-U", "postgres", name);
        return $"Host=127.0.0.1;Port={_port};Username=postgres;Database={name}";
    }

    /// <summary>Starts the server (again) and waits until it takes connections, its recovery done.</summary>
    public async Task Restart()
    {
        var server = Begin("postgres", "-D", Data, "-p", $"{_port}", "-k", _folder.Path, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "max_locks_per_transaction=256");
        var seen = new List<string>();
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            seen.Add(line);
            if (!line.Contains(Ready, StringComparison.Ordinal)) continue;
            _server = server;
            // Read on, so that the pipe never fills; its end says that the last process of the server is gone.
            _allGone = server.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return;
        }

        throw new InvalidOperationException($"PostgreSQL didn't start:\n{string.Join('\n', seen)}");
    }

    /// <summary>kill -9 of the postmaster; its children find it gone and end too, which is waited for.</summary>
    public async Task KillHard()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
        await _allGone;
    }

    /// <summary>A fast shutdown: open transactions are rolled back, clients cut off.</summary>
    public async Task ShutDown()
    {
        _ = Signal(_server!.Id, Interrupt);
        await _server.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false }) await KillHard();
        _folder.Dispose();
    }

    static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {await error}{await output}");
    }

    Task Tool(string name, params string[] arguments)
    {
        var (program, all) = AsServerUser(name, arguments);
        return Run(program, all);
    }

    Process Begin(string name, params string[] arguments)
    {
        var (program, all) = AsServerUser(name, arguments);
        return Process.Start(new ProcessStartInfo(program, all) { RedirectStandardError = true, WorkingDirectory = "/" })!;
    }

    // PostgreSQL refuses to run as root. setpriv becomes the program instead of waiting for it, so that signals reach it.
    static (string Program, string[] Arguments) AsServerUser(string name, string[] arguments)
    {
        var program = Path.Combine(_bin, name);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : (program, arguments);
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
