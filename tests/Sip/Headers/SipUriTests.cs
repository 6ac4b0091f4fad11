using TeleCube.Sip.Headers;

namespace TeleCube.Sip.Tests.Headers;

public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@atlanta.com")]
    [InlineData("sip:alice:secretword@atlanta.com;transport=tcp")]
    [InlineData("sips:alice@atlanta.com?subject=project%20x&priority=urgent")]
    [InlineData("sip:+1-212-555-1212:1234@gateway.com;user=phone")]
    [InlineData("sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com")]
    [InlineData("sip:alice;day=tuesday@atlanta.com")]
    [InlineData("sip:[2001:db8::1]:5061;transport=tls;lr")]
    [InlineData("sip:*21%23@10.0.0.1:5060")]
    [InlineData("tel:+48-22-123-45-67;phone-context=+48")]
    [InlineData("urn:service:sos")]
    [InlineData("http://www.example.com/a?b=c")]
    public void A_sound_URI_is_written_as_it_was_read(string text) => Assert.Equal(text, SipUri.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("sip")]
    [InlineData("sip:")]
    [InlineData(":x")]
    [InlineData("sip:@host")]
    [InlineData("sip:a b@host")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@host:")]
    [InlineData("sip:a@host:99999")]
    [InlineData("sip:a@host:x")]
    [InlineData("sip:a@ho st")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@[1.2.3.4]")]
    [InlineData("sip:a@2001:db8::1")]
    [InlineData("sip:a%4@host")]
    [InlineData("sip:a%zz@host")]
    [InlineData("sip:a@host;")]
    [InlineData("sip:a@host;x=")]
    [InlineData("sip:a@host?")]
    [InlineData("sip:a@host?x")]
    [InlineData("sip:ż@host")]
    [InlineData("sip:a@host;transport=udp;Transport=tcp")] // found by UriFuzz
    [InlineData("tel:")]
    [InlineData("tel:abc def")]
    public void A_bad_URI_is_refused(string text) => Assert.False(SipUri.TryParse(text, out _));

    [Fact]
    public void The_parts_of_a_URI_are_read()
    {
        var uri = SipUri.Parse("sips:al%20ice:p%40ss@[2001:db8::1]:5061;transport=TLS;lr;x=%41?Replaces=a%40b%3Bto-tag%3D1&y=2");
        Assert.Equal((UriScheme.Sips, "al ice", "p@ss", "2001:db8::1", 5061), (uri.Scheme, uri.User, uri.Password, uri.Host, uri.Port!.Value));
        Assert.Equal("tls", uri.Transport);
        Assert.True(uri.IsLooseRoute);
        Assert.Equal("A", uri.Parameter("X"));
        Assert.Equal("a@b;to-tag=1", uri.Headers["replaces"]);
    }

    // RFC 3261 §19.1.4
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;security=on")]
    [InlineData("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on")]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com")]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x")]
    [InlineData("sip:a@[2001:db8::1]", "sip:a@[2001:0DB8:0:0::1]")]
    [InlineData("tel:+48-22-1234567", "tel:+48221234567")]
    public void These_are_equal(string left, string right)
    {
        Assert.Equal(SipUri.Parse(left), SipUri.Parse(right));
        Assert.Equal(SipUri.Parse(right), SipUri.Parse(left));
        Assert.Equal(SipUri.Parse(left).GetHashCode(), SipUri.Parse(right).GetHashCode());
    }

    [Theory]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off")]
    [InlineData("sip:a@h", "sips:a@h")]
    [InlineData("sip:h", "sip:a@h")]
    [InlineData("tel:+48221234567", "tel:48221234567")]
    public void These_are_not_equal(string left, string right)
    {
        Assert.NotEqual(SipUri.Parse(left), SipUri.Parse(right));
        Assert.NotEqual(SipUri.Parse(right), SipUri.Parse(left));
    }

    [Fact]
    public void What_is_built_is_escaped()
    {
        var uri = SipUri.Sip("*21#@x y", "2001:db8::1", 5070).WithParameter("transport", "tcp").WithParameter("lr").WithParameter("n", "a;b");
        Assert.Equal("sip:*21%23%40x%20y@[2001:db8::1]:5070;transport=tcp;lr;n=a%3Bb", uri.ToString());
        Assert.Equal(uri, SipUri.Parse(uri.ToString()));
        Assert.Equal("sip:x", SipUri.Parse("sip:a@x;lr").WithUser(null).WithoutParameter("lr").ToString());
        Assert.Equal("*21#", SipUri.Parse("sip:*21#@h").User);
    }

    [Fact]
    public void In_JSON_it_is_its_text()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(SipUri.Parse("sip:a@b;lr"));
        Assert.Equal("\"sip:a@b;lr\"", json);
        Assert.Equal(SipUri.Parse("sip:a@b;lr"), System.Text.Json.JsonSerializer.Deserialize<SipUri>(json));
    }
}
