using TeleCube.Actors.Calls.Ingress;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What is let past bans and limits: a call for help in whatever form a phone writes it, and nothing else (PRODUCT §11).</summary>
public sealed class EmergencyCallTests
{
    [Theory]
    [InlineData("sip:112@pbx.test")]
    [InlineData("sips:112@pbx.test")]
    [InlineData("sip:112;phone-context=+48@pbx.test;user=phone")] // RFC 3261 §19.1.6
    [InlineData("sip:112;phone-context=pbx.example.com@pbx.test;user=phone")]
    [InlineData("sip:+48112@pbx.test;user=phone")]
    [InlineData("sip:1-1-2@pbx.test")]
    [InlineData("sip:%31%31%32@pbx.test")]
    [InlineData("sip:%2331%23112@pbx.test")] // #31#112
    [InlineData("tel:112")]
    [InlineData("tel:112;phone-context=+48")] // RFC 3966 §5.1.5
    [InlineData("tel:+48-112")]
    public void However_it_is_written_it_is_one(string uri)
    {
        Assert.True(EmergencyCall.IsBegunBy(Request("INVITE", uri)));
        Assert.True(EmergencyCall.Concerns(Request("ACK", uri)));
        Assert.True(EmergencyCall.Concerns(Request("CANCEL", uri)));
    }

    [Theory]
    [InlineData("REGISTER")]
    [InlineData("OPTIONS")]
    [InlineData("MESSAGE")]
    [InlineData("SUBSCRIBE")]
    [InlineData("BYE")]
    public void Another_request_to_that_number_is_none(string method) => Assert.False(EmergencyCall.Concerns(Request(method, "sip:112@pbx.test")));

    [Theory]
    [InlineData("sip:113@pbx.test")]
    [InlineData("sip:112x@pbx.test")]
    [InlineData("sip:1120@pbx.test")]
    [InlineData("sip:x;phone-context=112@pbx.test")]
    [InlineData("sip:pbx.test;112")]
    public void Nor_is_another_number(string uri) => Assert.False(EmergencyCall.IsBegunBy(Request("INVITE", uri)));

    [Fact]
    public void A_take_over_dials_nobody()
    {
        var invite = Request("INVITE", "sip:112@pbx.test");
        invite.Headers.Add(SipHeaderName.Replaces, "call;to-tag=a;from-tag=b");
        Assert.False(EmergencyCall.IsBegunBy(invite));
    }

    [Theory]
    [InlineData("112;phone-context=+48")]
    [InlineData("+48112")]
    [InlineData("1.1.2")]
    public void And_it_is_put_through(string user)
    {
        var call = new CallTable();
        call.Dial(user);
        call.Take(new TeleCube.Actors.Calls.Model.CallCommand.ChannelGranted("first", 1));
        Assert.Equal("112", call.Invite(1).Sent.Request.Uri.User);
    }

    static SipRequest Request(string method, string uri) => new(SipMethod.From(method), SipUri.Parse(uri));
}
