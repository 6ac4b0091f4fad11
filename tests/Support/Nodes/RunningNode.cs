using System.Net;
using TeleCube.Tests.Support.Processes;

namespace TeleCube.Tests.Support.Nodes;

/// <summary>The real program in a process of its own, with a folder that outlives it: it can be killed and started again on the same data.</summary>
public sealed class RunningNode : IAsyncDisposable
{
    static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(40);

    readonly TempFolder _folder = new();
    readonly IReadOnlyDictionary<string, string> _environment;
    readonly string _configuration;
    readonly string[] _listensAt;
    ManagedProcess? _process;

    RunningNode(string configuration, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<SipListener> listeners)
    {
        Sip = listeners.Count > 0 ? listeners[0].Address : FreePorts.TakeLoopback();
        _listensAt = listeners.Count > 0 ? [] : ["--sip", $"{Sip}"];
        if (listeners.Count > 0) configuration = $"telecube.sip.listeners = [{string.Join(", ", listeners)}]\n{configuration}";
        _configuration = _folder.Write("node.conf", configuration);
        _environment = environment ?? new Dictionary<string, string>();
    }

    public const string OperatorToken = "operator-token-of-the-tests";

    /// <summary>Where it takes SIP: the first of its listeners, or an address that it listens at by UDP and TCP.</summary>
    public IPEndPoint Sip { get; }

    public IPEndPoint Http { get; } = FreePorts.TakeLoopback();

    public string Data => _folder["data"];

    public ManagedProcess Process => _process ?? throw new InvalidOperationException("the node was not started");

    /// <summary>A client of its API.</summary>
    public HttpClient Client => new() { BaseAddress = new($"http://{Http}") };

    /// <summary>Starts a node with the demo company, unless the configuration (HOCON, laid over reference.conf) says otherwise, and waits until it is ready.</summary>
    public static async Task<RunningNode> Start(string configuration = "telecube.node.demo = on", IReadOnlyDictionary<string, string>? environment = null, params IReadOnlyList<SipListener> listeners)
    {
        var node = new RunningNode(configuration, environment, listeners);
        try
        {
            await node.StartAgain();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>After <see cref="Kill"/> or <see cref="Stop"/>: the same addresses, the same data.</summary>
    public async Task StartAgain()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = Launch(["--config", _configuration, "--data", Data, "--http", $"{Http}", .. _listensAt], _environment);
        await _process.WaitForLine(line => line.StartsWith("ready ", StringComparison.Ordinal), ReadyWithin);
    }

    /// <summary>The program with any arguments, in an environment without settings but the given ones.</summary>
    public static ManagedProcess Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var settings = new Dictionary<string, string?>();
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("TELECUBE_", StringComparison.Ordinal)) settings[name] = null;
        }
        settings["TELECUBE_OPERATOR_TOKEN"] = OperatorToken;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) settings[name] = value;
        var program = Path.Combine(AppContext.BaseDirectory, "TeleCube.Node.dll");
        return ManagedProcess.Start(Tool.Find("dotnet", "dotnet-sdk-10.0"), [program, .. arguments], environment: settings);
    }

    /// <summary>kill -9.</summary>
    public Task Kill() => Process.Kill();

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> Stop() => Process.Stop(StopWithin);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }
}
