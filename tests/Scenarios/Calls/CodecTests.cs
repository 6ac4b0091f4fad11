using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support.Capture;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Phones with no codec in common.</summary>
public sealed class CodecTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("pcma", "pcmu")]
    [InlineData("pcmu", "pcma")]
    public async Task Each_phone_hears_its_own_codec(string callers, string callees)
    {
        await using var company = await DemoCompany.Start();
        var caller = await company.Phone(company.Of("10") with { Codecs = callers });
        var callee = await company.Phone(company.Of("11") with { Codecs = callees });
        await using var wire = await LoopbackCapture.Start($"udp port {company.Node.Sip.Port}");

        await caller.Dial("11");
        await callee.Rings();
        await callee.Answer();
        await Task.WhenAll(caller.Talks(), callee.Talks());
        await Task.WhenAll(caller.Hears(DemoCompany.Tone("11"), _second), callee.Hears(DemoCompany.Tone("10"), _second));
        await caller.HangUp();
        await callee.IsOver();

        var answers = await wire.Fields("sip.Status-Code == 200 && sdp", "sdp.media");
        Assert.Contains(answers, answer => answer[0].Contains(Type(callers), StringComparison.Ordinal));
        Assert.Contains(answers, answer => answer[0].Contains(Type(callees), StringComparison.Ordinal));
    }

    /// <summary>The payload type in an m= line, RFC 3551.</summary>
    static string Type(string codec) => codec == "pcma" ? "RTP/AVP 8" : "RTP/AVP 0";
}
