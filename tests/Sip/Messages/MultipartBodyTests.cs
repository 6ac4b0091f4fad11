using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Sip.Tests.Messages;

/// <summary>RFC 2046 §5.1 and RFC 5621: what is in a body, and what is wrong with one that cannot be taken apart.</summary>
public sealed class MultipartBodyTests
{
    const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
    const string Session = "Content-Type: application/sdp\r\n\r\n" + Sdp;

    [Fact]
    public void Parts_stand_between_their_boundaries_with_their_headers()
    {
        var body = Read("b", $"preamble\r\n--b\r\n{Session}\r\n--b \t\r\nContent-Type: text/plain\r\nContent-ID: <note@x>\r\n\r\nhello\r\n\r\n--b--\r\nepilogue");
        Assert.Null(body.Fault);
        Assert.Equal(Sdp, Text(body.Parts[0]));
        Assert.Equal(("hello\r\n", "note@x"), (Text(body.Parts[1]), body.Parts[1].Id));
        Assert.Same(body.Parts[0], body.Session);
    }

    [Fact]
    public void A_part_may_have_no_headers_no_content_or_neither()
    {
        var body = Read("b", "--b\r\n\r\nplain\r\n--b\r\nContent-Type: text/x\r\n--b\r\n\r\n--b--");
        Assert.Null(body.Fault);
        Assert.Equal(["text/plain plain", "text/x ", "text/plain "], body.Parts.Select(part => $"{part.Type.Type}/{part.Type.Subtype} {Text(part)}"));
    }

    [Fact]
    public void A_longer_boundary_that_begins_like_ours_is_another()
    {
        var body = Read("b", $"--b\r\nContent-Type: text/plain\r\n\r\n--bb\r\n--b-\r\n--b\r\n{Session}\r\n--b--\r\n");
        Assert.Equal("--bb\r\n--b-", Text(body.Parts[0]));
        Assert.NotNull(body.Session);
    }

    [Theory]
    [InlineData("multipart/mixed", "--b\r\n\r\nx\r\n--b--", 400, "Multipart Without Boundary")]
    [InlineData("multipart/mixed;boundary=\"\"", "--b\r\n\r\nx\r\n--b--", 400, "Multipart Without Boundary")]
    [InlineData("multipart/mixed;boundary=c", "--b\r\n\r\nx\r\n--b--", 400, "Multipart Boundary Is Not In The Body")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\n\r\nx\r\n", 400, "Multipart Has No Closing Boundary")]
    [InlineData("multipart/mixed;boundary=b", "--b--\r\n", 400, "Multipart Without Parts")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nno header\r\n\r\nx\r\n--b--", 400, "Bad Header In A Body Part")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nContent-Type: nonsense\r\n\r\nx\r\n--b--", 400, "Bad Content-Type Of A Body Part")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\nx\r\n--b--", 400, "Multipart Boundary Is Not In The Body")]
    public void What_cannot_be_taken_apart_is_told_why(string type, string text, int status, string reason) =>
        Assert.Equal(new SipRefusal(status, reason), Read(type, text, whole: true).Fault);

    [Fact]
    public void A_boundary_is_of_70_characters_at_most()
    {
        var most = new string('b', 70);
        Assert.Null(Read(most, $"--{most}\r\n\r\nx\r\n--{most}--").Fault);
        Assert.Equal("Multipart Boundary Is Too Long", Read(most + "b", $"--{most}b\r\n\r\nx\r\n--{most}b--").Fault?.Reason);
    }

    [Fact]
    public void Too_many_parts_and_too_deep_ones_are_refused()
    {
        Assert.Equal(new SipRefusal(413, "Too Many Body Parts"), Read("b", string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 33)) + "--b--").Fault);
        var (text, type) = ("\r\nx", "text/plain");
        foreach (var boundary in (string[])["a", "b", "c", "d"])
            (text, type) = ($"--{boundary}\r\nContent-Type: {type}\r\n\r\n{text}\r\n--{boundary}--", $"multipart/mixed;boundary={boundary}");
        Assert.Equal("Multipart Is Nested Too Deep", Read(type, text, whole: true).Fault?.Reason);
    }

    [Fact]
    public void One_within_another_is_opened_for_the_session_description_alone()
    {
        var nested = $"Content-Type: multipart/related;boundary=in\r\n\r\n--in\r\n{Session}\r\n--in\r\nContent-Type: text/x\r\n\r\nbeside\r\n--in--";
        var opened = Read("b", $"--b\r\n{nested}\r\n--b--");
        Assert.Equal(["application/sdp", "text/x"], Types(opened));

        var sealedOne = "Content-Type: multipart/related;boundary=in\r\n\r\n--in\r\n\r\nx\r\n--in--";
        var kept = Read("b", $"--b\r\n{sealedOne}\r\n--b\r\n{Session}\r\n--b--");
        Assert.Equal(["multipart/related", "application/sdp"], Types(kept));
        Assert.Equal("--in\r\n\r\nx\r\n--in--", Text(kept.Parts[0]));
    }

    [Fact]
    public void Of_alternatives_the_session_description_is_the_one_that_is_meant()
    {
        var body = Read("multipart/alternative;boundary=b", $"--b\r\n\r\nthe same for people\r\n--b\r\n{Session}\r\n--b--", whole: true);
        Assert.Equal(["application/sdp"], Types(body));
        Assert.Equal(["multipart/alternative"], Types(Read("multipart/alternative;boundary=b", "--b\r\n\r\nx\r\n--b--", whole: true)));
    }

    [Fact]
    public void An_early_session_is_not_the_session() // RFC 3959
    {
        var early = $"Content-Type: application/sdp\r\nContent-Disposition: early-session\r\n\r\n{Sdp.Replace("4000", "4002", StringComparison.Ordinal)}";
        var message = Message("multipart/mixed;boundary=b", $"--b\r\n{early}\r\n--b\r\n{Session}\r\n--b--");
        Assert.Equal(4000, message.Sdp!.Audio!.Port);
    }

    [Fact]
    public void What_is_put_together_can_be_taken_apart_again_byte_for_byte()
    {
        byte[] binary = [0, 1, 13, 10, 45, 45, 255, .. Encoding.ASCII.GetBytes("telecube-part-2")];
        var headers = new SipHeaders();
        headers.Add("Content-Type", "application/octet-stream");
        headers.Add("Content-ID", "<x@y>");
        headers.Add("--telecube-part-3", "no end of the body either");
        var message = new SipRequest(SipMethod.Message, SipUri.Parse("sip:a@b"));
        message.SetBody("application/sdp", Encoding.ASCII.GetBytes(Sdp));
        MultipartBody.Put(message, [MultipartBody.Parts(message)[0], new BodyPart(ContentType.Text, headers, binary)]);

        var body = MultipartBody.Read(message);
        Assert.Null(body.Fault);
        Assert.Equal(Sdp, Text(body.Session!));
        Assert.Equal(binary, body.Parts[1].Content.ToArray());
        Assert.Equal(("x@y", "1.0"), (body.Parts[1].Id, message.Headers.First("MIME-Version")));
    }

    static IEnumerable<string> Types(MessageBody body) => body.Parts.Select(part => $"{part.Type.Type}/{part.Type.Subtype}");

    static string Text(BodyPart part) => Encoding.ASCII.GetString(part.Content.Span);

    static MessageBody Read(string type, string text, bool whole = false) => MultipartBody.Read(Message(whole ? type : $"multipart/mixed;boundary={type}", text));

    static SipRequest Message(string type, string text)
    {
        var message = new SipRequest(SipMethod.Message, SipUri.Parse("sip:a@b"));
        message.SetBody(type, Encoding.ASCII.GetBytes(text));
        return message;
    }
}
