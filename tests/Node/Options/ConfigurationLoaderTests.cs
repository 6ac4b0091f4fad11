using System.Net;
using Microsoft.Extensions.Logging;
using TeleCube.Node.Hocon;
using TeleCube.Node.Options;
using TeleCube.Tests.Support;

namespace TeleCube.Node.Tests.Options;

public sealed class ConfigurationLoaderTests
{
    [Fact]
    public void The_defaults_are_a_valid_configuration()
    {
        var options = ConfigurationLoader.Load(new()).Options;

        Assert.Equal(TimeSpan.FromSeconds(45), options.Call.RingTimeout);
        Assert.Equal(new PortRange(10000, 29999), options.Media.Ports);
        Assert.Equal([SipListenerTransport.Udp, SipListenerTransport.Tcp], options.Sip.Listeners.Select(listener => listener.Transport));
        Assert.Equal(64 * 1024, options.Sip.Limits.MaxMessage.Bytes);
        Assert.Equal(LogLevel.Warning, Assert.Single(options.Log.Categories).Level);
        Assert.Null(options.Api.OperatorToken);
        Assert.False(options.Node.Demo);
    }

    [Theory]
    [InlineData("single.conf")]
    [InlineData("cluster.conf")]
    public void The_files_that_come_with_it_are_valid(string file)
    {
        var environment = new Dictionary<string, string> { ["TELECUBE_NODE"] = "a", ["TELECUBE_HOST"] = "127.0.0.1", ["TELECUBE_DB"] = "Host=db" };

        var loaded = ConfigurationLoader.Load(new() { File = Path.Combine(Repository.Folder, "hocon", file), Environment = environment });

        Assert.Equal(file == "single.conf", loaded.Options.Node.Demo);
        Assert.Equal(file == "cluster.conf" ? "Host=db" : null, loaded.Options.Storage.ConnectionString);
    }

    [Fact]
    public void The_environment_overrides_every_kind_of_key()
    {
        var loaded = ConfigurationLoader.Load(new()
        {
            Environment = new Dictionary<string, string>
            {
                ["TELECUBE_CALL_RING_TIMEOUT"] = "20s",
                ["TELECUBE_OPERATOR_TOKEN"] = "0123456789abcdef",
                ["TELECUBE_SIP_LISTENERS"] = "[{ transport = udp, bind = \"::1\", port = 5070 }]",
                ["TELECUBE_API_BIND"] = "::1",
            },
        });

        Assert.Equal(TimeSpan.FromSeconds(20), loaded.Options.Call.RingTimeout);
        Assert.Equal("0123456789abcdef", loaded.Options.Api.OperatorToken);
        Assert.Equal(IPAddress.IPv6Loopback, Assert.Single(loaded.Options.Sip.Listeners).Bind);
        Assert.Equal(IPAddress.IPv6Loopback, loaded.Options.Api.Bind);
        Assert.Empty(loaded.Warnings);
    }

    [Fact]
    public void A_name_that_sets_nothing_is_warned_of() => Assert.Equal(
        "environment variable TELECUBE_CALL_RINGTIMEOUT sets nothing; the nearest that does is TELECUBE_CALL_RING_TIMEOUT",
        Assert.Single(ConfigurationLoader.Load(new() { Environment = new Dictionary<string, string> { ["TELECUBE_CALL_RINGTIMEOUT"] = "20s" } }).Warnings));

    [Fact]
    public void The_command_line_has_the_last_word()
    {
        var options = ConfigurationLoader.Load(new()
        {
            File = Path.Combine(Repository.Folder, "hocon/single.conf"),
            Environment = new Dictionary<string, string> { ["TELECUBE_NODE_DATA_DIRECTORY"] = "/env" },
            Data = "/given",
            Sip = IPEndPoint.Parse("127.0.0.2:5080"),
            Http = IPEndPoint.Parse("127.0.0.3:8181"),
            NoDemo = true,
        }).Options;

        Assert.Equal("/given", options.Node.DataDirectory);
        Assert.All(options.Sip.Listeners, listener => Assert.Equal((IPAddress.Parse("127.0.0.2"), 5080), (listener.Bind, listener.Port)));
        Assert.Equal(IPAddress.Parse("127.0.0.2"), options.Media.Bind);
        Assert.Equal((IPAddress.Parse("127.0.0.3"), 8181), (options.Api.Bind, options.Api.Port));
        Assert.False(options.Node.Demo);
    }

    [Theory]
    [InlineData("telecube.call.ring-timout = 45s", "my.conf:1:29: unknown key telecube.call.ring-timout; the nearest known key is telecube.call.ring-timeout")]
    [InlineData("telecub.call.ring-timeout = 45s", "my.conf:1:29: unknown key telecub; the nearest known key is telecube")]
    [InlineData("telecube.call.ring-timeout = 45", "my.conf:1:30: telecube.call.ring-timeout: expected a duration with its unit, such as 500ms")]
    [InlineData("telecube.call.ring-timeout = -1s", "my.conf:1:30: telecube.call.ring-timeout: longer than 0s")]
    [InlineData("telecube.api.port = http", "my.conf:1:21: telecube.api.port: expected a whole number, found 'http'")]
    [InlineData("telecube.api.port = null", "my.conf:1:21: telecube.api.port: expected a whole number, found null")]
    [InlineData("telecube.api.port = 70000", "my.conf:1:21: telecube.api.port: between 1 and 65535")]
    [InlineData("telecube.api.max-connections = 0", "my.conf:1:32: telecube.api.max-connections: at least 1")]
    [InlineData("telecube.node.stop-within = 50d", "my.conf:1:29: telecube.node.stop-within: between 0s and 1d")]
    [InlineData("telecube.storage.read-connections = 0", "my.conf:1:37: telecube.storage.read-connections: between 1 and 1000")]
    [InlineData("telecube.storage.probe-interval = 0s", "my.conf:1:35: telecube.storage.probe-interval: between 10ms and 1h")]
    [InlineData("telecube.storage.statement-timeout = 0s", "my.conf:1:38: telecube.storage.statement-timeout: between 100ms and 10m")]
    [InlineData("telecube.sip.limits.idle-for = 60d", "my.conf:1:32: telecube.sip.limits.idle-for: between 10s and 1d")]
    [InlineData("telecube.call.max-duration = 60d", "my.conf:1:30: telecube.call.max-duration: between 1m and 24h")]
    [InlineData("telecube.call = 45s", "my.conf:1:17: telecube.call: expected an object in { }, found '45s'")]
    [InlineData("telecube.sip.listeners = udp", "my.conf:1:26: telecube.sip.listeners: expected a list in [ ], found 'udp'")]
    [InlineData("telecube.sip.listeners = [{ transport = udp, bind = 127.0.0.1 }]", "my.conf:1:27: telecube.sip.listeners[0].port is missing")]
    [InlineData("telecube.sip.listeners = [{ transport = sctp, bind = 127.0.0.1, port = 1 }]", "expected one of udp, tcp, tls, found 'sctp'")]
    [InlineData("telecube.sip.listeners = [{ transport = udp, bind = 127.0.0.1, prt = 1 }]", "unknown key telecube.sip.listeners[0].prt; the nearest known key is telecube.sip.listeners[0].port")]
    [InlineData("telecube.sip.listeners = [{ transport = udp, bind = 0.0.0.0, port = 1 }]", "needs 'advertise'")]
    [InlineData("telecube.sip.domain = \"a b\"", "my.conf:1:23: telecube.sip.domain: a host name or an address")]
    [InlineData("telecube.storage.provider = postgresql", "telecube.storage.connection-string: provider = postgresql needs one")]
    [InlineData("telecube.media.ports = 30000-20000", "expected a range of ports such as 20000-29999")]
    public void A_fault_is_named_with_file_line_and_remedy(string text, string message)
    {
        using var folder = new TempFolder();
        var file = folder.Write("my.conf", text);

        Assert.Contains(message, Assert.Throws<HoconException>(() => ConfigurationLoader.Load(new() { File = file })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        using var folder = new TempFolder();
        var file = folder.Write("my.conf", "telecube.call.ring-timeout = 1\ntelecube.api.port = x");

        Assert.Equal(2, Assert.Throws<HoconException>(() => ConfigurationLoader.Load(new() { File = file })).Faults.Count);
    }

    [Theory]
    [InlineData("pbx.example.pl", "pbx.example.pl", 5060)]
    [InlineData("\"pbx.example.pl:5080\"", "pbx.example.pl", 5080)]
    [InlineData("203.0.113.7", "203.0.113.7", 5060)]
    [InlineData("\"[2001:db8::7]:5080\"", "2001:db8::7", 5080)]
    [InlineData("null", "0.0.0.1", 5060)]
    public void A_listener_advertises_what_it_is_told_or_where_it_is_bound(string advertise, string host, int port)
    {
        using var folder = new TempFolder();
        var file = folder.Write("my.conf", $"telecube.sip.listeners = [{{ transport = udp, bind = 0.0.0.1, port = 5060, advertise = {advertise} }}]");

        Assert.Equal((host, port), ConfigurationLoader.Load(new() { File = file }).Options.Sip.Listeners[0].Advertised);
    }
}
