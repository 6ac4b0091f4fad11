using System.Text;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Tests.Transactions;

namespace TeleCube.Sip.Tests.Dialogs;

/// <summary>Replaces, reliable 1xx and sipfrag.</summary>
public sealed class DialogHelpersTests
{
    static readonly Dialog _confirmed = Dialog.AsServer(Bench.Request("INVITE"), "us", DialogPhase.Confirmed)!;

    [Theory] // RFC 3891 §3
    [InlineData("call-1;to-tag=us;from-tag=alice", DialogPhase.Confirmed, false, null)]
    [InlineData("call-1;to-tag=us;from-tag=alice;early-only", DialogPhase.Confirmed, false, 486)]
    [InlineData("call-1;to-tag=us;from-tag=alice", DialogPhase.Early, true, null)]
    [InlineData("call-1;to-tag=us;from-tag=alice", DialogPhase.Early, false, 481)]
    [InlineData("call-1;to-tag=us;from-tag=alice", DialogPhase.Terminated, false, 603)]
    [InlineData("call-1;to-tag=alice;from-tag=us", DialogPhase.Confirmed, false, 481)]
    public void Replaces_is_allowed_or_refused(string header, DialogPhase phase, bool weAreCaller, int? refusal)
    {
        Assert.True(Replaces.TryParse(Encoding.ASCII.GetBytes(header), out var replaces));
        Assert.Equal(refusal, ReplacesMatch.Refusal(replaces!, _confirmed with { Phase = phase }, weAreCaller)?.Status);
    }

    [Fact]
    public void A_reliable_response_says_what_its_PRACK_must_carry()
    {
        var ringing = SipResponse.For(Bench.Request("INVITE"), 183, toTag: "us");
        Assert.Null(ReliableProvisional.AckFor(ringing));
        ReliableProvisional.Mark(ringing, 17);
        Assert.True(ringing.Requires("100rel"));
        Assert.Equal("17 1 INVITE", ReliableProvisional.AckFor(ringing)!.ToString());
    }

    [Fact]
    public void A_fragment_tells_a_status() => Assert.Equal("SIP/2.0 180 Ringing\r\n", Encoding.ASCII.GetString(SipFragment.Of(180, "Ringing")));
}
