using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Capture;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Harness;

/// <summary>SIPp and tshark work on this machine as the scenarios rely on them.</summary>
public sealed class SippRunTests
{
    static readonly string Scenarios = Path.Combine(Repository.Folder, "tests/Scenarios/Harness");

    [Fact]
    public async Task A_carrier_is_called_ten_times_and_the_wire_shows_it()
    {
        await using var carrier = await SippRun.Start(new() { Scenario = Path.Combine(Scenarios, "uas.xml"), Calls = 10 });
        await using var wire = await LoopbackCapture.Start($"udp port {carrier.Options.Local.Port}");

        var caller = await SippRun.Run(new()
        {
            Scenario = Path.Combine(Scenarios, "uac.xml"),
            Remote = carrier.Options.Local,
            Service = "111222333",
            Calls = 10,
        });
        var called = await carrier.End();

        Assert.True(caller.IsFine, caller.ToString());
        Assert.True(called.IsFine, called.ToString());
        Assert.Equal(10, called.Successful);
        var invites = await wire.Fields($"udp.dstport == {carrier.Options.Local.Port} && frame contains \"INVITE sip:111222333\"", "frame.len");
        Assert.Equal(10, invites.Count);
    }

    [Fact]
    public async Task A_call_that_fails_is_counted_and_explained()
    {
        var nobody = FreePorts.TakeLoopback();

        var caller = await SippRun.Run(new()
        {
            Scenario = Path.Combine(Scenarios, "uac.xml"),
            Remote = nobody,
            Service = "nobody",
            Calls = 1,
            MoreArguments = ["-max_invite_retrans", "1"],
        });

        Assert.False(caller.IsFine);
        Assert.Equal(1, caller.Failed);
        Assert.Contains("INVITE sip:nobody", caller.Messages, StringComparison.Ordinal);
    }
}
