using TeleCube.Sip.Sdp;

namespace TeleCube.Sip.Tests.Sdp;

public sealed class SdpParserTests
{
    const string Full =
        "v=0\r\no=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\ns=Call to John Smith\r\ni=SDP Offer #1\r\nu=http://www.jdoe.example.com/home.html\r\n" +
        "e=Jane Doe <jane@jdoe.example.com>\r\np=+1 617 555-6011\r\nc=IN IP4 198.51.100.1\r\nb=AS:128\r\nt=0 0\r\nr=604800 3600 0 90000\r\na=tool:x\r\n" +
        "m=audio 49170 RTP/SAVP 0 97 101\r\nb=TIAS:64000\r\na=rtpmap:97 opus/48000/2\r\na=fmtp:97 useinbandfec=1\r\na=rtpmap:101 telephone-event/8000\r\n" +
        "a=fmtp:101 0-16\r\na=ptime:20\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20\r\n" +
        "a=rtcp:49180\r\na=ice-ufrag:8hhY\r\na=fingerprint:sha-1 4A:AD\r\na=setup:actpass\r\na=mid:1\r\na=sendonly\r\n" +
        "m=video 51372 RTP/AVP 99\r\nc=IN IP6 2001:db8::2\r\na=rtpmap:99 h263-1998/90000\r\n";

    [Fact]
    public void A_description_is_read()
    {
        var session = SessionDescription.Parse(Full);
        var audio = session.Audio!;
        Assert.Equal([0, 97, 101], audio.Codecs.Select(c => c.PayloadType));
        Assert.Equal(new SdpCodec(97, "opus", 48000, 2, "useinbandfec=1"), audio.Codecs[1]);
        Assert.Equal(TimeSpan.FromMilliseconds(20), audio.PacketTime);
        Assert.Equal(30, audio.Cryptos[0].KeyAndSalt!.Length);
        Assert.Equal(49180, audio.RtcpPort);
        Assert.Equal("actpass", audio.Attributes["setup"]);
        Assert.Equal(SdpDirection.SendOnly, session.DirectionOf(audio));
        Assert.True(session.IsHold);
        Assert.Equal("2001:db8::2", session.ConnectionOf(session.Media[1])!.Address);
    }

    [Fact]
    public void What_is_written_is_what_was_read() => Assert.Equal(Full, SessionDescription.Parse(Full).ToString());

    // Both found by SdpFuzz.
    [Theory]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\na=x\ry\r\n")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\nm=audio 0 RTP/AVP 0\r\nz=1\r\nb=AS:1\r\nt=0 0\r\ni=x\r\n")]
    public void A_strange_description_reads_the_same_after_writing(string text)
    {
        var session = SessionDescription.Parse(text);
        Assert.Equal(session, SessionDescription.Parse(session.ToString()));
    }

    [Theory]
    [InlineData("", SdpParseReason.MissingOrigin)]
    [InlineData("o=- 1 1 IN IP4 1.1.1.1\r\n", SdpParseReason.BadVersion)]
    [InlineData("v=1\r\n", SdpParseReason.BadVersion)]
    [InlineData("v=0\r\no=- 1 IN IP4 1.1.1.1\r\n", SdpParseReason.BadOrigin)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nnonsense\r\n", SdpParseReason.BadLine)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\nm=audio 4000 RTP/AVP 0\r\n", SdpParseReason.MissingConnection)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\nc=IN IP4\r\n", SdpParseReason.BadConnection)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\nm=audio 70000 RTP/AVP 0\r\n", SdpParseReason.BadMedia)]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\nm=audio 7000 RTP/AVP\r\n", SdpParseReason.BadMedia)]
    public void What_cannot_be_read_says_why(string text, SdpParseReason reason)
    {
        Assert.Equal(reason, SdpParser.Parse(System.Text.Encoding.UTF8.GetBytes(text), out var session).Reason);
        Assert.Null(session);
    }

    [Theory]
    [InlineData("0.0.0.0", "sendrecv", SdpDirection.SendOnly)]
    [InlineData("0.0.0.0", "recvonly", SdpDirection.Inactive)]
    [InlineData("::", "sendrecv", SdpDirection.SendOnly)]
    [InlineData("192.0.2.1", "sendrecv", SdpDirection.SendRecv)]
    [InlineData("192.0.2.1", "inactive", SdpDirection.Inactive)]
    public void An_address_of_zero_receives_nothing(string address, string attribute, SdpDirection expected)
    {
        var session = SessionDescription.Parse(
            $"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc={SdpConnection.To(address)}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na={attribute}\r\n");
        Assert.Equal(expected, session.DirectionOf(session.Audio!));
        Assert.Equal(!expected.Receives(), session.IsHold);
    }
}
