using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Nodes;

namespace TeleCube.Node.Tests.Composition;

/// <summary>The program as it is started: arguments, exit codes, what it says and when.</summary>
public sealed class NodeProcessTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_becomes_ready_answers_and_stops_cleanly()
    {
        await using var node = await RunningNode.Start();
        using var client = node.Client;

        Assert.Contains($"ready sip={node.Sip} http={node.Http}", node.Process.Lines.All);
        Assert.Equal("alive\n", await client.GetStringAsync("/healthz"));
        using var ready = JsonDocument.Parse(await client.GetStringAsync("/readyz"));
        Assert.True(ready.RootElement.GetProperty("ready").GetBoolean());
        Assert.Contains("process_open_fds ", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);

        Assert.Equal(0, await node.Stop());
        Assert.Contains(node.Process.Lines.All, line => line.Contains("password demo-10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_a_reason()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var folder = new TempFolder();
        await using var process = RunningNode.Launch(["--data", folder["data"], "--sip", $"{FreePorts.TakeLoopback()}", "--http", $"{taken.LocalEndpoint}"]);

        Assert.Equal(1, await process.WaitForExit(Soon));
        Assert.Contains(process.Errors.All, line => line.StartsWith("TeleCube can't start: ", StringComparison.Ordinal) && line.Contains($"{taken.LocalEndpoint}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_configuration_stops_the_start_in_one_paragraph()
    {
        using var folder = new TempFolder();
        var file = folder.Write("wrong.conf", "telecube {\n  sip.lisseners = []\n}");
        await using var process = RunningNode.Launch(["--config", file]);

        Assert.Equal(78, await process.WaitForExit(Soon));
        Assert.Equal(
            [$"The configuration can't be used. {file}:2:19: unknown key telecube.sip.lisseners; the nearest known key is telecube.sip.listeners"],
            process.Errors.All);
        Assert.Empty(process.Lines.All);
    }

    [Fact]
    public async Task Check_config_reads_and_ends()
    {
        await using var process = RunningNode.Launch(["check-config", "--config", Path.Combine(Repository.Folder, "hocon/single.conf")]);

        Assert.Equal(0, await process.WaitForExit(Soon));
        Assert.StartsWith("The configuration is valid: node node-1,", Assert.Single(process.Lines.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_address_is_a_usage_error()
    {
        await using var process = RunningNode.Launch(["--sip", "5060"]);

        Assert.NotEqual(0, await process.WaitForExit(Soon));
        Assert.Contains(process.Errors.All, line => line.Contains("'5060' is no ADDR:PORT such as 127.0.0.1:5060", StringComparison.Ordinal));
    }
}
