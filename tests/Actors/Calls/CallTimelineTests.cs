using System.Text;
using System.Text.Json;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
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

    [Fact]
    public void Of_proofs_that_stand_one_below_the_other_none_is_shown()
    {
        var message = Message("<sip:10@pbx.test>;tag=a", "c");
        message.Headers.Add("Authorization", "Digest response=\"abc\"");
        message.Headers.Add("Proxy-Authorization", "Digest response=\"abc\"");
        Assert.DoesNotContain("abc", SafeText.Of(message, _call), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=a", "id")]
    [InlineData("\"Jan Kowalski\" <sip:+48600100200@192.0.2.1>;tag=a", "id")]
    [InlineData("\"Jan Kowalski\" <sip:600100200@192.0.2.1>;tag=a", "user")]
    [InlineData("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=a", null)]
    public void Who_withholds_its_number_is_not_named_to_the_company_but_to_the_operator(string from, string? privacy)
    {
        var (company, nobodys) = (Heard(_call.Tenant), Heard(TenantId.Platform));
        Assert.Equal(4, company.Length);
        foreach (var secret in (string[])["600100200", "Kowalski", "+48700100300"])
            Assert.All(company, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Contains("P-Asserted-Identity: (left out)\r\nRemote-Party-ID: (left out)\r\n", company[0], StringComparison.Ordinal);
        Assert.All(company.Where(text => text.Contains("From:", StringComparison.Ordinal)), text => Assert.Contains(";tag=a", text, StringComparison.Ordinal));
        Assert.Contains("sip:+48943401128@pbx.test", company[0], StringComparison.Ordinal);
        Assert.Contains("P-Asserted-Identity: <sip:+48600100200@192.0.2.1>", nobodys[0], StringComparison.Ordinal);

        string[] Heard(TenantId tenant)
        {
            var invite = new SipRequest(SipMethod.Invite, SipUri.Parse("sip:+48943401128@pbx.test"))
            {
                From = NameAddress.Parse(from),
                To = NameAddress.Parse("<sip:+48943401128@pbx.test>"),
                CallId = "c",
                CSeq = new CSeq(1, SipMethod.Invite),
            };
            invite.Headers.Add("P-Asserted-Identity", "<sip:+48600100200@192.0.2.1>");
            invite.Headers.Add("Remote-Party-ID", "\"Jan Kowalski\" <sip:+48600100200@192.0.2.1>;party=calling");
            invite.Headers.Add("Diversion", "<sip:+48700100300@192.0.2.1>;reason=unconditional");
            invite.Headers.Add("Contact", "<sip:48600100200@192.0.2.1:5060>");
            if (privacy is not null) invite.Headers.Add("Privacy", privacy);
            var bye = new SipRequest(SipMethod.Bye, SipUri.Parse("sip:48600100200@192.0.2.1:5060"))
            {
                From = NameAddress.Parse("<sip:telecube@pbx.test>;tag=b"),
                To = NameAddress.Parse(from),
                CallId = "c",
                CSeq = new CSeq(2, SipMethod.Bye),
            };
            var timeline = new CallTimeline(new("call", tenant, Id), keepMessages: true);
            timeline.Took(new CallCommand.Begin(tenant, new CallOrigin.Trunk("t", E164.Parse("+48943401128"), null, null), invite, new("t"), CallTable.Flow), CallState.Initial, default);
            timeline.Sent(0, SipResponse.For(invite, 180, null, "b"), default);
            timeline.Sent(0, bye, default);
            return [.. timeline.Entries.Select(entry => $"{entry.Text}\n{entry.Message}"), timeline.ToJson()];
        }
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
