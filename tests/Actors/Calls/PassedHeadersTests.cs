using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A stranger makes no phone answer by itself, ring otherwise or fetch what he names; the company's own phones may.</summary>
public sealed class PassedHeadersTests
{
    const string Said =
        "Call-Info: <sip:x>;answer-after=0\r\nAlert-Info: <http://192.0.2.66/ring.wav>;info=alert-autoanswer\r\nAnswer-Mode: Auto;require\r\nPriv-Answer-Mode: Auto\r\nX-Room: 12\r\n";

    readonly CallTable _call = new();

    [Fact]
    public void Of_a_caller_outside_the_phone_hears_nothing_by_which_it_would_answer()
    {
        var own = E164.Parse("+48943401128");
        _call.Tenant = _call.Tenant with
        {
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(own, new PhoneNumber(own) { ForwardTo = new ForwardTarget.ToExtension(ExtensionNumber.Parse("11")) }),
        };
        _call.Dial(own.Value, new CallOrigin.Trunk("first", own, "+48601000111", null), Said);
        var invite = _call.Invite(1).Sent.Request.Headers;
        Assert.Null(invite.First("Call-Info") ?? invite.First("Alert-Info") ?? invite.First("Answer-Mode") ?? invite.First("Priv-Answer-Mode"));
        Assert.Equal("12", invite.First("X-Room"));
    }

    [Fact]
    public void Of_a_colleague_it_does()
    {
        _call.Dial("11", extra: Said);
        Assert.Equal("<sip:x>;answer-after=0", _call.Invite(1).Sent.Request.Headers.First("Call-Info"));
    }

    [Fact]
    public void A_carrier_that_rings_names_no_sound_either()
    {
        _call.Dial("222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 180, extra: Said);
        var ringing = _call.Response(180).Headers;
        Assert.Equal((null, "12"), (ringing.First("Alert-Info"), ringing.First("X-Room")));
    }

    [Theory]
    [InlineData("Privacy: id\r\n", "anonymous")]
    [InlineData("Privacy: User;critical\r\n", "anonymous")]
    [InlineData("Privacy: none\r\n", "+48943401128")]
    [InlineData("", "+48943401128")]
    public void A_phone_that_asks_for_privacy_is_not_shown_outside(string asked, string shown)
    {
        _call.Dial("222333444", extra: asked);
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.Equal(shown, _call.Invite(1).Sent.Request.From.Uri.User);
    }

    [Fact]
    public void Who_calls_for_help_is_shown_all_the_same()
    {
        _call.Dial("112", extra: "Privacy: id\r\n");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.Equal("+48943401128", _call.Invite(1).Sent.Request.From.Uri.User);
    }
}
