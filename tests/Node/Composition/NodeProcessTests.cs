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
    public async Task A_wrong_argument_stops_the_start_for_good_and_is_not_buried_in_the_help()
    {
        await using var process = RunningNode.Launch(["--sip", "5060"]);

        Assert.Equal(78, await process.WaitForExit(Soon));
        Assert.Equal(
            ["The command line can't be used. '5060' is no ADDR:PORT such as 127.0.0.1:5060 or [::1]:5060", "--help lists what there is."],
            process.Errors.All);
        Assert.Empty(process.Lines.All);
    }

    [Fact]
    public async Task A_port_of_sip_that_is_taken_is_named_with_what_to_do()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        await StartFails(
            ["--sip", $"{taken.LocalEndPoint}", "--http", $"{FreePorts.TakeLoopback()}"],
            $"TeleCube can't start: SIP can't be taken at UDP {taken.LocalEndPoint}: another program has that address and port (ss -lunp and ss -ltnp say which). "
            + "Name another with --sip ADDR:PORT or in telecube.sip.listeners.");
    }

    // 203.0.113.0/24 is for documentation (RFC 5737): no machine has such an address.
    [Fact]
    public Task An_address_of_sip_that_is_not_here_is_named_with_what_to_do() => StartFails(
        ["--sip", "203.0.113.5:5060", "--http", $"{FreePorts.TakeLoopback()}"],
        "this machine has no such address (ip addr lists what it has).");

    [Fact]
    public Task An_address_of_the_api_that_is_not_here_is_named_with_what_to_do() => StartFails(
        ["--sip", $"{FreePorts.TakeLoopback()}", "--http", "203.0.113.5:8080"],
        "TeleCube can't start: the API can't be at 203.0.113.5:8080: this machine has no such address (ip addr lists what it has). "
        + "Name another with --http ADDR:PORT.");

    [Theory]
    [InlineData("media.bind = 203.0.113.5", "TeleCube can't start: telecube.media.bind = 203.0.113.5: this machine has no such address")]
    [InlineData("media.bind = 203.0.113.5", "(telecube.media.bind is written at ")]
    [InlineData("storage { provider = postgresql, connection-string = rubbish }", "TeleCube can't start: storage.connection-string is not one that Npgsql can read")]
    public async Task What_stands_in_the_way_of_the_start_is_said_in_one_line(string setting, string message)
    {
        using var folder = new TempFolder();
        var file = folder.Write("given.conf", $"telecube {{ {setting} }}");

        // Without --sip, which moves media to its own address.
        await StartFails(["--config", file, "--http", $"{FreePorts.TakeLoopback()}"], message);
    }

    /// <summary>They are as wrong at the next start: a supervisor need not try again, and <c>check-config</c> says so without a start.</summary>
    [Theory]
    [InlineData("numbering.plan = /nowhere/plan.csv", "TeleCube can't start: telecube.numbering.plan: /nowhere/plan.csv can't be read")]
    [InlineData("numbering.plan = /nowhere/plan.csv", "given.conf:1:29)")]
    [InlineData("api.tls { certificate = /nowhere/c.pem, key = /nowhere/k.pem }", "TeleCube can't start: telecube.api.tls: /nowhere/c.pem with /nowhere/k.pem can't be used")]
    [InlineData("api.tls { certificate = /nowhere/c.pem, key = /nowhere/k.pem }", "that this user may read (telecube.api.tls.certificate is written at ")]
    [InlineData("sip.tls { certificate = /nowhere/c.pem, key = /nowhere/k.pem }", "TeleCube can't start: telecube.sip.tls: /nowhere/c.pem with /nowhere/k.pem can't be used")]
    [InlineData("media.prompts-directory = /nowhere", "TeleCube can't start: telecube.media.prompts-directory: there is no directory /nowhere; name another, or leave it out")]
    [InlineData("media.prompts-language = xx", "TeleCube can't start: telecube.media.prompts-language: no prompts in 'xx'")]
    public async Task Files_that_a_configuration_names_and_that_cannot_be_used_are_faults_of_it(string setting, string message)
    {
        using var folder = new TempFolder();
        var file = folder.Write("given.conf", $"telecube {{ {setting} }}");

        await StartFails(["--config", file, "--http", $"{FreePorts.TakeLoopback()}"], message, code: 78);
        await StartFails(["check-config", "--config", file], message, code: 78);
    }

    static async Task StartFails(string[] arguments, string message, int code = 1)
    {
        using var folder = new TempFolder();
        await using var process = RunningNode.Launch([.. arguments, "--data", folder["data"], "--no-demo"]);

        Assert.Equal(code, await process.WaitForExit(Soon));
        Assert.Contains(process.Errors.All, line => line.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain(process.Errors.All, line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
