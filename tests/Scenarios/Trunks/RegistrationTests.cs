using System.Globalization;
using System.Net;
using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Kamailio;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Trunks;

/// <summary>A trunk that registers at a carrier's Kamailio: kept up through refreshes and changed nonces, carrying calls both ways, and taken back.</summary>
public sealed class RegistrationTests
{
    const string Password = "right-password";
    const string Trunk = "/api/v1/operator/trunks/kamailio";
    static readonly TimeSpan _soon = TimeSpan.FromSeconds(20);
    static readonly string _here = Path.Combine(Repository.Folder, "tests/Scenarios");

    [Fact]
    public async Task A_trunk_stays_registered_carries_calls_and_unregisters()
    {
        await using var company = await DemoCompany.Start();
        var (far, source) = (Address(2), Address(3));
        await using var carrier = await KamailioRun.Start(Address(1), Password, far);
        await using var called = await SippRun.Start(new() { Scenario = Path.Combine(_here, "Harness/uas.xml"), Local = far, Calls = 1 });
        await AddTrunk(company, carrier, Password);
        await HealthIs(company, "up");

        // Registrations last three seconds, nonces two: three more mean refreshes, of which some meet a changed nonce.
        await Says(carrier, "registered", 4);
        Assert.Contains(carrier.Said, line => line.StartsWith("challenged", StringComparison.Ordinal) && !line.Contains("credentials=0", StringComparison.Ordinal));
        Assert.Equal("up", await Health(company));

        var secretary = await company.Phone("10");
        await using var caller = await SippRun.Start(new()
        {
            Scenario = Path.Combine(_here, "Calls/carrier-calls.xml"),
            Local = source,
            Remote = carrier.Address,
            Keys = new Dictionary<string, string> { ["caller"] = "+48601000111" },
            Calls = 1,
        });
        await secretary.Rings();
        await secretary.Answer();
        await secretary.Talks();
        await secretary.IsOver();
        var incoming = await caller.End();
        Assert.True(incoming.IsFine, $"{incoming}\n{carrier.Output}");

        await secretary.Dial("601222333");
        await secretary.Talks();
        await secretary.HangUp();
        var outgoing = await called.End();
        Assert.True(outgoing.IsFine, $"{outgoing}\n{carrier.Output}");
        Assert.Contains("INVITE sip:+48601222333@", outgoing.Messages, StringComparison.Ordinal);
        Assert.Contains(carrier.Said, line => line.StartsWith("proxy-challenged", StringComparison.Ordinal));
        Assert.Equal(["incoming", "outgoing"], (await company.Cdrs(2)).Select(cdr => cdr.GetProperty("direction").GetString()));

        await company.Send(HttpMethod.Delete, Trunk);
        await DemoCompany.Until(
            () => Task.FromResult((carrier.Said.Any(line => line.EndsWith("expires=0", StringComparison.Ordinal)), string.Join('\n', carrier.Said.TakeLast(5)))), _soon);
    }

    [Fact]
    public async Task A_wrong_password_is_told_once_and_tried_later_and_later()
    {
        await using var company = await DemoCompany.Start();
        await using var carrier = await KamailioRun.Start(Address(4), Password, Address(5));
        await AddTrunk(company, carrier, "wrong-password");

        await HealthIs(company, "down");
        Assert.Contains("401", (await company.Get(Trunk)).GetProperty("status").GetProperty("reason").GetString(), StringComparison.Ordinal);

        // A try is a request with credentials; after the first come waits of about 2 and 4 seconds.
        var began = DateTimeOffset.UtcNow;
        await Says(carrier, "challenged", 3, line => !line.Contains("credentials=0", StringComparison.Ordinal));
        Assert.InRange(DateTimeOffset.UtcNow - began, TimeSpan.FromSeconds(1), _soon);
        var lines = company.Node.Process.Output.Split('\n').Count(line => line.Contains("kamailio is not registered", StringComparison.Ordinal));
        Assert.Equal(1, lines);

        await company.Send(HttpMethod.Put, Trunk, Settings(carrier, Password));
        await HealthIs(company, "up");
    }

    static Task<JsonElement> AddTrunk(DemoCompany company, KamailioRun carrier, string password) =>
        company.Send(HttpMethod.Post, "/api/v1/operator/trunks", new Dictionary<string, object>(Settings(carrier, password)) { ["id"] = "kamailio" });

    static Dictionary<string, object> Settings(KamailioRun carrier, string password) => new()
    {
        ["host"] = $"{carrier.Address.Address}",
        ["port"] = carrier.Address.Port,
        ["pingSeconds"] = 0,
        ["registration"] = new { user = KamailioRun.User, password },
        ["routing"] = new { priority = 10 },
    };

    static async Task<string?> Health(DemoCompany company) =>
        (await company.Get(Trunk)).GetProperty("status") is { ValueKind: JsonValueKind.Object } status ? status.GetProperty("health").GetString() : null;

    static Task HealthIs(DemoCompany company, string health) => DemoCompany.Until(
        async () => (string.Equals(await Health(company), health, StringComparison.OrdinalIgnoreCase), $"{await company.Get(Trunk)}"), _soon);

    static Task Says(KamailioRun carrier, string what, int times, Func<string, bool>? and = null) => DemoCompany.Until(
        () =>
        {
            var count = carrier.Said.Count(line => line.StartsWith(what, StringComparison.Ordinal) && (and is null || and(line)));
            return Task.FromResult((count >= times, string.Create(CultureInfo.InvariantCulture, $"{count} times {what}:\n{carrier.Output}")));
        },
        _soon);

    static IPEndPoint Address(int last) => new(IPAddress.Parse($"127.0.7.{last}"), FreePorts.Take());
}
