using System.Globalization;
using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Capture;
using TeleCube.Tests.Support.Sipp;
using Xunit.Abstractions;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>
/// Carriers that refuse the caller's own number, as the wire shows it (PRODUCT §2: at most 500 ms more). The time is told, not asserted: docs/performance.md has
/// it from a machine that was quiet. That no timer has a part in it is shown by Actors' <c>RefusedNumberTests</c>.
/// </summary>
[Collection(Alone.Name)]
public sealed class RefusedNumberTests(ITestOutputHelper output)
{
    const int Calls = 60;

    [Fact]
    public async Task Each_call_goes_on_with_the_companys_number_in_the_same_attempt()
    {
        await using var company = await DemoCompany.Start("telecube.media.ports = 32000-32999"); // a port rests after a call
        var (source, exit) = (new IPEndPoint(IPAddress.Parse("127.0.9.220"), FreePorts.Take()), new IPEndPoint(IPAddress.Parse("127.0.9.221"), FreePorts.Take()));
        await company.AddTrunk("carrier-in", source, priority: 20);
        await company.AddTrunk("carrier-out", exit, priority: 10);
        await OutsidePhone.AddExternal(company, "mobile", "601222333", new { presentation = "passive" });
        await OutsidePhone.ForwardTo(company, "mobile");
        await using var refusing = await SippRun.Start(new()
        {
            Scenario = Carrier.Scenario("Calls/carrier-refuses-foreign.xml"),
            Local = exit,
            Calls = Calls,
            Within = TimeSpan.FromMinutes(3),
        });
        using var folder = new TempFolder();
        var brief = (await File.ReadAllTextAsync(Carrier.Scenario("Calls/carrier-calls.xml"))).Replace("milliseconds=\"1200\"", "milliseconds=\"50\"", StringComparison.Ordinal);
        await using var wire = await LoopbackCapture.Start($"udp port {exit.Port}");

        var called = await SippRun.Run(new()
        {
            Scenario = folder.Write("calls.xml", brief),
            Local = source,
            Remote = company.Node.Sip,
            Keys = new Dictionary<string, string> { ["caller"] = "+48601000111" },
            Calls = Calls,
            Limit = 1, // an external number takes one call at a time
            Within = TimeSpan.FromMinutes(3),
        });
        Assert.True(called.IsFine, called.ToString());
        Assert.True((await refusing.End()).IsFine);
        Assert.All(await company.Cdrs(Calls), cdr => Assert.Equal(("answered", 2), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("legs").GetArrayLength())));

        var waits = Waits(await wire.Fields("sip.Status-Code == 403 || sip.Method == \"INVITE\"", "frame.time_epoch", "sip.Call-ID", "sip.CSeq.seq", "sip.Status-Code"));
        Assert.Equal(Calls, waits.Count);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"from the refusal to the second INVITE, {Calls} calls: median {waits[Calls / 2]:0.0} ms, greatest {waits[^1]:0.0} ms"));
    }

    /// <summary>For each call that was refused and dialled again, the milliseconds between; in order of length.</summary>
    static List<double> Waits(IReadOnlyList<string[]> packets) =>
    [
        .. packets.GroupBy(packet => packet[1]).Select(call =>
        {
            var refusal = call.First(packet => packet[3] == "403");
            var again = call.First(packet => packet[3].Length == 0 && uint.Parse(packet[2], CultureInfo.InvariantCulture) == uint.Parse(refusal[2], CultureInfo.InvariantCulture) + 1);
            return (At(again) - At(refusal)) * 1000;
        }).Order(),
    ];

    static double At(string[] packet) => double.Parse(packet[0], CultureInfo.InvariantCulture);
}
