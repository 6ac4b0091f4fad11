using System.Text;
using System.Text.Json;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Calls.Views;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What is kept in little room is stored, and shown, as it was.</summary>
public sealed class CallTimelineTests
{
    const string Id = "01hzzzzzzzzzzzzzzzzzzzzzz0";
    const string Stranger = "01hzzzzzzzzzzzzzzzzzzzzzz9";
    const string Crypto = "v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAECAwQFBgcICQ==\r\n";

    static readonly EntityId _call = new("call", new TenantId("firmaabcde"), Id);

    [Fact]
    public void What_is_stored_is_what_is_shown()
    {
        var timeline = new CallTimeline(_call, keepMessages: true);
        var at = new DateTimeOffset(2026, 11, 23, 12, 0, 0, 125, TimeSpan.Zero);
        timeline.Sent(0, Message("<sip:10@pbx.test>;tag=a", "c\"+<>&' ąęł"), at);
        timeline.Sent(null, SipResponse.For(Message("\"Łukasz\" <sip:10@pbx.test>;tag=a", "c"), 180, "Ringing", "b"), at);
        timeline.Sent(1, Message("<sip:10@pbx.test>;tag=a", "d", Crypto), at);
        timeline.Note("said", "a \"note\" <of> ąęł", at);

        var stored = JsonSerializer.Deserialize(timeline.ToJson(), CallJson.Default.IReadOnlyListTimelineEntry);

        Assert.Equal(timeline.Entries, stored);
        Assert.Equal(["MESSAGE sip:11@pbx.test", "180 Ringing (MESSAGE)", "MESSAGE sip:11@pbx.test", "a \"note\" <of> ąęł"], stored!.Select(entry => entry.Text));
        Assert.Contains("c\"+<>&' ąęł", stored![0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAEC", stored[2].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "c", "", true, true)]
    [InlineData($"1-{Id}-firmaabcde-0123456789abcdef", $"{Id}-1-0123abcd@192.0.2.1", "v=0\r\n", true, true)]
    [InlineData($"1-{Stranger}-firmaabcde-0123456789abcdef", "c", "", false, true)] // another call of the same company
    [InlineData($"1-{Id}-innafirma1-0123456789abcdef", "c", "", false, false)]
    [InlineData("a", $"{Stranger}-1-0123abcd@192.0.2.1", "", false, false)]
    [InlineData("a", $"7-{Stranger}-1-0123abcd@192.0.2.1", "", false, false)]
    [InlineData("a", "c", Crypto, false, false)]
    public void What_needs_no_closer_look_is_shown_as_it_is(string tag, string callId, string sdp, bool harmless, bool whole)
    {
        var message = Message($"<sip:10@pbx.test>;tag={tag}", callId, sdp);
        Assert.Equal(harmless, SafeText.IsHarmless(message, message.ToBytes(), _call));
        Assert.Equal(whole, message.ToString() == SafeText.Of(message, _call));
    }

    [Theory]
    [InlineData("Authorization", "Digest username=\"10\", response=\"abc\"")]
    [InlineData("proxy-authorization", "Digest username=\"10\", response=\"abc\"")]
    [InlineData("X-TeleCube-On-Net", "abc")]
    public void What_proves_who_one_is_needs_a_closer_look(string name, string value)
    {
        var message = Message("<sip:10@pbx.test>;tag=a", "c");
        message.Headers.Add(name, value);
        Assert.False(SafeText.IsHarmless(message, message.ToBytes(), _call));
        Assert.DoesNotContain("abc", SafeText.Of(message, _call), StringComparison.Ordinal);
    }

    static SipRequest Message(string from, string callId, string sdp = "")
    {
        var request = new SipRequest(SipMethod.Message, SipUri.Parse("sip:11@pbx.test"))
        {
            From = NameAddress.Parse(from),
            To = NameAddress.Parse("<sip:11@pbx.test>"),
            CallId = callId,
            CSeq = new CSeq(2, SipMethod.Message),
        };
        if (sdp.Length > 0) request.SetBody("application/sdp", Encoding.UTF8.GetBytes(sdp));
        return request;
    }
}
