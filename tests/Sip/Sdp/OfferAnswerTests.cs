using TeleCube.Sip.Sdp;

namespace TeleCube.Sip.Tests.Sdp;

public sealed class OfferAnswerTests
{
    static readonly SdpOrigin _ours = new(7, 1, "192.0.2.9");
    static readonly AudioPlan _plan = new("192.0.2.9", 20000);
    static readonly SdpCrypto _key = SdpCrypto.Create(1, SdpCrypto.AesCm80, new byte[30]);

    static SessionDescription Offer(string media) =>
        SessionDescription.Parse($"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=5 6\r\n{media}");

    [Fact]
    public void An_offer_of_audio_has_our_codecs_and_ptime()
    {
        Assert.Equal(
            "v=0\r\no=- 7 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 20000 RTP/AVP 8 0 101\r\n" +
            "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n",
            SdpOffer.Audio(_ours, _plan).ToString());
    }

    [Fact]
    public void An_offer_over_IPv6_with_a_key()
    {
        var offer = SdpOffer.Audio(new(7, 1, "2001:db8::9"), new("2001:db8::9", 20000) { Cryptos = [_key] });
        Assert.Contains("c=IN IP6 2001:db8::9\r\n", offer.ToString(), StringComparison.Ordinal);
        Assert.Contains("m=audio 20000 RTP/SAVP 8 0 101\r\n", offer.ToString(), StringComparison.Ordinal);
        Assert.Equal(new byte[30], AudioStream.Of(offer)!.Cryptos[0].KeyAndSalt);
    }

    [Fact]
    public void An_answer_takes_the_first_audio_line_and_refuses_the_others_in_order()
    {
        var offer = Offer(
            "m=video 4002 RTP/AVP 31\r\na=mid:v\r\n" +
            "m=audio 4000 RTP/AVP 18 0 8 96\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-16\r\n" +
            "m=audio 4004 RTP/AVP 0\r\n");
        var answer = SdpAnswer.Audio(offer, _ours, _plan)!;
        Assert.Equal([0, 20000, 0], answer.Media.Select(m => m.Port));
        Assert.Equal(["video", "audio", "audio"], answer.Media.Select(m => m.Kind));
        Assert.Equal(["31"], answer.Media[0].Formats);
        Assert.Equal("v", answer.Media[0].Mid);
        Assert.Equal(["0", "8", "96"], answer.Media[1].Formats);
        Assert.Equal("96 0-15", answer.Media[1].Attributes["fmtp"]);
        Assert.Equal(["5 6"], answer.Times);
    }

    [Fact]
    public void With_one_codec_the_first_common_one_is_answered_and_DTMF()
    {
        var offer = Offer("m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n");
        Assert.Equal(["0", "101"], SdpAnswer.Audio(offer, _ours, _plan with { OneCodec = true })!.Audio!.Formats);
    }

    [Theory]
    [InlineData("m=audio 4000 RTP/AVP 18\r\n")]
    [InlineData("m=audio 4000 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n")]
    [InlineData("m=audio 0 RTP/AVP 0\r\n")]
    [InlineData("m=image 4000 udptl t38\r\n")]
    [InlineData("m=audio 4000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n")]
    [InlineData("m=audio 4000 UDP/TLS/RTP/SAVPF 0\r\na=fingerprint:sha-1 4A:AD\r\n")]
    public void An_offer_that_does_not_suit_has_no_answer(string media) => Assert.Null(SdpAnswer.Audio(Offer(media), _ours, _plan));

    [Fact]
    public void A_key_is_answered_with_the_tag_and_suite_of_the_offer()
    {
        var offer = Offer(
            "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 F8_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n" +
            "a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4\r\n" +
            "a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20\r\n");
        var answer = SdpAnswer.Audio(offer, _ours, _plan with { Cryptos = [_key] })!;
        var crypto = Assert.Single(answer.Audio!.Cryptos);
        Assert.Equal(_key with { Tag = 7 }, crypto);
        Assert.Equal("RTP/SAVP", answer.Audio.Protocol);
    }

    [Fact]
    public void Who_requires_encryption_does_not_answer_in_the_clear() =>
        Assert.Null(SdpAnswer.Audio(Offer("m=audio 4000 RTP/AVP 0\r\n"), _ours, _plan with { Cryptos = [_key], RequireEncryption = true }));

    [Theory]
    [InlineData("sendrecv", SdpDirection.SendRecv, SdpDirection.SendRecv)]
    [InlineData("sendonly", SdpDirection.SendRecv, SdpDirection.RecvOnly)]
    [InlineData("recvonly", SdpDirection.SendRecv, SdpDirection.SendOnly)]
    [InlineData("inactive", SdpDirection.SendRecv, SdpDirection.Inactive)]
    [InlineData("sendrecv", SdpDirection.SendOnly, SdpDirection.SendOnly)]
    [InlineData("sendonly", SdpDirection.SendOnly, SdpDirection.Inactive)]
    public void A_direction_is_answered_by_its_reverse_as_far_as_wanted(string offered, SdpDirection wanted, SdpDirection expected)
    {
        var answer = SdpAnswer.Audio(Offer($"m=audio 4000 RTP/AVP 0\r\na={offered}\r\n"), _ours, _plan with { Direction = wanted })!;
        Assert.Equal(expected, answer.Audio!.Direction);
    }

    [Fact]
    public void An_offer_of_the_same_again_keeps_its_version_and_a_changed_one_raises_it()
    {
        var first = SdpAnswer.Audio(Offer("m=video 4002 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"), _ours, _plan)!;
        var again = SdpOffer.Again(first with { Times = ["0 0"] }, _plan);
        Assert.True(again.IsUnchangedSince(first));
        var held = SdpOffer.Again(again, _plan with { Direction = SdpDirection.SendOnly });
        Assert.False(held.IsUnchangedSince(first));
        Assert.Equal(2ul, held.Origin.VersionNumber);
        Assert.Equal(["video", "audio"], held.Media.Select(m => m.Kind));
        Assert.True(held.Media[0].IsRefused);
    }
}
