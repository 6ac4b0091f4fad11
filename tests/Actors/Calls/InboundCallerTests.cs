using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Who calls by a trunk: never one of ours, and unknown where that was asked for (RFC 3323, RFC 3325).</summary>
public sealed class InboundCallerTests
{
    static readonly TrunkConfig _trunk = new(new TrunkId("first"), "192.0.2.10");

    [Theory]
    [InlineData("+48601000111", "+48601000111")]
    [InlineData("601000111", "+48601000111")]
    [InlineData("601000111;phone-context=+48", "+48601000111")]
    [InlineData("19115", "19115")]
    [InlineData("112", "112")] // they call back
    public void A_number_is_shown(string user, string shown) => Assert.Equal((shown, "Anna"), Of(user));

    [Theory]
    [InlineData("10")]
    [InlineData("100")]
    [InlineData("1000")]
    [InlineData("1-0")]
    [InlineData("10;phone-context=pbx")]
    public void Nobody_outside_is_one_of_our_extensions(string user) => Assert.Null(Of(user).Number);

    [Fact]
    public void Not_by_an_asserted_identity_either() => Assert.Equal((null, null), Of("601000111", ("P-Asserted-Identity", "<sip:10@carrier>")));

    [Theory]
    [InlineData("id")]
    [InlineData("ID")]
    [InlineData("Header")]
    [InlineData("critical; Id")]
    [InlineData("user;;")]
    public void Who_asks_for_privacy_is_unknown(string privacy) => Assert.Equal((null, null), Of("601000111", ("Privacy", privacy)));

    [Theory]
    [InlineData("none")]
    [InlineData("session")]
    public void Who_asks_for_none_is_not(string privacy) => Assert.Equal("+48601000111", Of("601000111", ("Privacy", privacy)).Number);

    static (string? Number, string? Name) Of(string user, params (string Name, string Value)[] headers)
    {
        var invite = new SipRequest(SipMethod.Invite, SipUri.Parse("sip:943401128@pbx.test")) { From = NameAddress.Parse($"\"Anna\" <sip:{user}@carrier>;tag=a") };
        foreach (var (name, value) in headers) invite.Headers.Add(name, value);
        return InboundCaller.Of(invite, _trunk);
    }
}
