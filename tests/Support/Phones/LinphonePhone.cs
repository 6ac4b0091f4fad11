using System.Net;
using TeleCube.Tests.Support.Processes;

namespace TeleCube.Tests.Support.Phones;

/// <summary>
/// Linphone without a screen, which registers and does no more: a phone that knows SHA-256 digests (RFC 8760), as baresip 1.0 does not.
/// </summary>
public sealed class LinphonePhone : IAsyncDisposable
{
    static readonly TimeSpan _usual = TimeSpan.FromSeconds(20);

    readonly TempFolder _folder = new();
    readonly ManagedProcess _process;

    LinphonePhone(string user, string password, IPEndPoint server)
    {
        _folder.Write("rc", Configuration(user, password, server));
        Directory.CreateDirectory(_folder[".local/share/linphone"]);
        Directory.CreateDirectory(_folder[".config/linphone"]);
        var linphone = Tool.Find("linphonec", "linphone-cli");
        // It ends with its standard input; a FIFO that it holds open itself has no end.
        _process = ManagedProcess.Start(
            Tool.Find("bash", "bash"), ["-c", "mkfifo input && exec \"$0\" -c rc -d 6 -l log <> input", linphone], _folder.Path,
            new Dictionary<string, string?> { ["HOME"] = _folder.Path, ["XDG_DATA_HOME"] = null, ["XDG_CONFIG_HOME"] = null });
    }

    public static LinphonePhone Start(string user, string password, IPEndPoint server) => new(user, password, server);

    /// <summary>The server has accepted its registration.</summary>
    public Task Registered() => Says("to [LinphoneRegistrationOk]");

    public Task IsRefused() => Says("to [LinphoneRegistrationFailed]");

    async Task Says(string what)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var over = new CancellationTokenSource(_usual);
        try
        {
            while (!Log().Contains(what, StringComparison.Ordinal)) await ticks.WaitForNextTickAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"linphone does not say '{what}' within {_usual.TotalSeconds} s:\n{_process.Output}\n{Log()}");
        }
    }

    string Log()
    {
        if (!File.Exists(_folder["log"])) return "";
        using var log = new StreamReader(new FileStream(_folder["log"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd();
    }

    static string Configuration(string user, string password, IPEndPoint server) =>
        $"""
        [sip]
        sip_port=-1
        sip_tcp_port=-1
        sip_tls_port=-1
        default_proxy=0
        register_only_when_network_is_up=0
        [auth_info_0]
        username={user}
        passwd={password}
        realm=telecube
        [proxy_0]
        reg_proxy=<sip:{server};transport=udp>
        reg_identity=<sip:{user}@{server}>
        reg_expires=600
        reg_sendregister=1
        publish=0

        """;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
