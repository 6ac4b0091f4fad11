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
    [InlineData("123456789012345", "123456789012345")] // as long as E.164 lets one be
    public void A_number_is_shown(string user, string shown) => Assert.Equal((shown, "Anna"), Of(user));

    [Theory]
    [InlineData("10")]
    [InlineData("100")]
    [InlineData("1000")]
    [InlineData("1-0")]
    [InlineData("10;phone-context=pbx")]
    public void Nobody_outside_is_one_of_our_extensions(string user) => Assert.Null(Of(user).Number);

    [Theory]
    [InlineData("112")]
    [InlineData("999")]
    [InlineData("+48112")]
    public void Nor_does_anybody_call_from_an_emergency_number(string user) => Assert.Equal((null, null), Of(user));

    [Fact]
    public void Nor_from_a_number_of_the_company_that_is_called_unless_the_exchange_brings_it_itself()
    {
        var company = new CallTable().Tenant;
        var invite = new SipRequest(SipMethod.Invite, SipUri.Parse("sip:943401128@pbx.test")) { From = NameAddress.Parse("\"Anna\" <sip:943401128@carrier>;tag=a") };
        Assert.Equal((null, null), InboundCaller.Of(invite, _trunk, company));
        Assert.Equal(("+48943401128", "Anna"), InboundCaller.Of(invite, _trunk));
    }

    [Fact]
    public void More_digits_than_a_number_has_are_none() => Assert.Equal((null, "Anna"), Of(new string('1', 16)));

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

    /// <summary>RFC 4475 §3.1.1.1: a quoted pair may be any character, but not in a record.</summary>
    [Fact]
    public void A_name_is_kept_without_control_characters()
    {
        var invite = new SipRequest(SipMethod.Invite, SipUri.Parse("sip:943401128@pbx.test"))
        {
            From = NameAddress.Parse("\"An\\\0na\\\t\\\u0007K\" <sip:601000111@carrier>;tag=a"),
        };
        Assert.Equal("An\uFFFDna \uFFFDK", InboundCaller.Of(invite, _trunk).Name);
    }

    static (string? Number, string? Name) Of(string user, params (string Name, string Value)[] headers)
    {
        var invite = new SipRequest(SipMethod.Invite, SipUri.Parse("sip:943401128@pbx.test")) { From = NameAddress.Parse($"\"Anna\" <sip:{user}@carrier>;tag=a") };
        foreach (var (name, value) in headers) invite.Headers.Add(name, value);
        return InboundCaller.Of(invite, _trunk);
    }
}
