using System.Text;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Tests.Parsing;

public sealed class SipParserTests
{
    const string Invite =
        "INVITE sip:bob@biloxi.com SIP/2.0\r\n" +
        "Via: SIP/2.0/UDP pc33.atlanta.com:5066;branch=z9hG4bKnashds8;rport\r\n" +
        "v: SIP/2.0/TCP [2001:db8::1];branch=z9hG4bKa, SIP/2.0/TLS b.example\r\n" +
        "Max-Forwards: 70\r\n" +
        "To: Bob <sip:bob@biloxi.com>\r\n" +
        "f: \"Alice \\\"A\\\"\" <sip:alice@atlanta.com>\r\n" +
        "  ;tag=1928301774\r\n" +
        "Call-ID: a84b4c76e66710@pc33.atlanta.com\r\n" +
        "CSeq: 314159 INVITE\r\n" +
        "X-Foo: something,  else\r\n" +
        "Contact: <sip:alice@pc33.atlanta.com>\r\n" +
        "Content-Type: application/sdp\r\n" +
        "Content-Length: 5\r\n" +
        "\r\n" +
        "v=0\r\n";

    static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void A_request_is_read()
    {
        Assert.Equal(SipParseResult.Complete, SipParser.TryParse(Bytes(Invite), out var message));
        var request = Assert.IsType<SipRequest>(message);
        Assert.Null(SipRequestCheck.Refusal(request));
        Assert.Equal(SipMethod.Invite, request.Method);
        Assert.Equal("sip:bob@biloxi.com", request.Uri.ToString());
        Assert.Equal(["pc33.atlanta.com", "2001:db8::1", "b.example"], request.Vias.Select(v => v.Host));
        Assert.Equal(5066, request.TopVia.Port);
        Assert.True(request.TopVia.HasRPort);
        Assert.Equal("Alice \"A\"", request.From.DisplayName);
        Assert.Equal("1928301774", request.From.Tag);
        Assert.Null(request.To.Tag);
        Assert.Equal("something,  else", request.Headers.First("x-foo"));
        Assert.Equal(314159u, request.CSeq.Number);
        Assert.Equal("v=0\r\n", Encoding.UTF8.GetString(request.Body.Span));
    }

    [Fact]
    public void What_is_written_reads_the_same()
    {
        SipParser.TryParse(Bytes(Invite), out var first);
        var written = first!.ToString();
        SipParser.TryParse(Bytes(written), out var second);
        Assert.Equal(written, second!.ToString());
        Assert.StartsWith("INVITE sip:bob@biloxi.com SIP/2.0\r\nVia: SIP/2.0/UDP pc33", written, StringComparison.Ordinal);
    }

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, Invite.Length)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_prefix_of_a_message_is_incomplete(int length)
    {
        var result = SipParser.TryParse(Bytes(Invite[..length]), out var message);
        Assert.Equal(SipParseStatus.Incomplete, result.Status);
        Assert.True(message is null || result.Reason is SipParseReason.BodyTooShort);
    }
}
