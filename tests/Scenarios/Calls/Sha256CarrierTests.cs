using System.Net;
using System.Net.NetworkInformation;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Capture;
using TeleCube.Tests.Support.Processes;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>A carrier that we did not write (Kamailio) challenges our calls by SHA-256 alone (RFC 8760).</summary>
public sealed class Sha256CarrierTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("right-password", "486")]
    [InlineData("wrong-password", "407")]
    public async Task A_call_proves_who_it_is(string password, string last)
    {
        var address = new IPEndPoint(IPAddress.Parse("127.0.8.250"), FreePorts.Take());
        using var folder = new TempFolder();
        await using var carrier = await Start(address, folder);
        await using var company = await DemoCompany.Start();
        await company.Send(HttpMethod.Post, "/api/v1/operator/trunks", new
        {
            id = "carrier",
            host = $"{address.Address}",
            port = address.Port,
            pingSeconds = 0,
            outbound = new { user = "48943401128", password },
        });
        var secretary = await company.Phone("10");
        await using var wire = await LoopbackCapture.Start($"udp port {address.Port}");

        await secretary.Dial("601222333");
        await secretary.IsOver();

        Assert.Equal(last, (await wire.Fields("sip.Status-Code >= 200", "sip.Status-Code"))[^1][0]);
        var proofs = await wire.Fields("sip.Method == \"INVITE\" && sip.Proxy-Authorization", "sip.auth.algorithm", "sip.auth.digest.response");
        Assert.Equal(("SHA-256", 64), (Assert.Single(proofs)[0], proofs[0][1].Trim('"').Length));
    }

    static async Task<ManagedProcess> Start(IPEndPoint address, TempFolder folder)
    {
        var text = await File.ReadAllTextAsync(Carrier.Scenario("Calls/sha256-carrier.cfg"));
        var configuration = folder.Write("kamailio.cfg", text.Replace("@LISTEN@", $"{address}", StringComparison.Ordinal));
        var kamailio = ManagedProcess.Start(
            Tool.Find("kamailio", "kamailio"), ["-f", configuration, "-DD", "-E", "-m", "32", "-M", "4", "-Y", folder.Path], folder.Path);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var over = new CancellationTokenSource(10 * _second);
        while (!IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Contains(address))
        {
            if (kamailio.HasExited) throw new InvalidOperationException($"Kamailio did not start:\n{kamailio.Output}");
            await ticks.WaitForNextTickAsync(over.Token);
        }

        return kamailio;
    }
}
