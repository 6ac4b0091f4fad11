using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Tests.Transactions;
using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Tests.Messages;

/// <summary>RFC 3261 §8.2.2.3.</summary>
public sealed class SipExtensionCheckTests
{
    static readonly string[] _ours = ["timer", "100rel"];

    [Theory]
    [InlineData("")]
    [InlineData("Require: timer\r\n")]
    [InlineData("Require: TIMER, 100rel\r\n")]
    [InlineData("Supported: teleport\r\n")]
    public void What_is_known_or_merely_offered_is_no_reason_to_refuse(string extra) =>
        Assert.Null(SipExtensionCheck.Refusal(Bench.Request("INVITE", extra: extra), _ours, new PlainTagSource(new SystemRandomSource(), new byte[32])));

    [Theory]
    [InlineData("Require: teleport\r\n", "teleport")]
    [InlineData("Require: timer, teleport\r\nRequire: precondition\r\n", "teleport, precondition")]
    public void What_is_missing_is_named(string extra, string missing)
    {
        var refusal = SipExtensionCheck.Refusal(Bench.Request("INVITE", extra: extra), _ours, new PlainTagSource(new SystemRandomSource(), new byte[32]))!;
        Assert.Equal((420, missing), (refusal.Status, refusal.Headers.First("Unsupported")));
        Assert.True(refusal.To.Tag is { Length: >= 8 }); // RFC 3261 §19.3
    }
}
