using System.Net;
using System.Text;
using TeleCube.Load.Signalling;
using TeleCube.Load.Targets;

namespace TeleCube.Load.Tests;

public sealed class SipTextTests
{
    const string Invite = "INVITE sip:b@example.org SIP/2.0\r\nv: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa;rport\r\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKb\r\n"
        + "Record-Route: <sip:192.0.2.1;lr>\r\nf: \"A; tag=no\" <sip:a@example.org;tag=no>;tag=one\r\nt: <sip:b@example.org>\r\ni: call\r\nCSeq: 7 INVITE\r\nContent-Length: 4\r\n\r\nbody";

    [Fact]
    public void Reads_compact_headers_and_the_topmost_branch()
    {
        var invite = Parse(Invite);
        Assert.Equal(("INVITE", "call", "z9hG4bKa", "body"), (invite.Method, invite.CallId, invite.Branch, invite.Body));
        Assert.Equal("one", SipText.Parameter(invite.First("From"), "tag"));
        Assert.Equal("sip:a@example.org;tag=no", SipText.Uri(invite.First("From")));
    }

    [Fact]
    public void An_answer_copies_vias_and_routes_and_adds_the_tag_once()
    {
        var answer = Parse(Encoding.UTF8.GetString(Parse(Invite).Answer(200, "OK", "two").ToBytes()));
        Assert.Equal((200, "INVITE"), (answer.Status, answer.CSeqMethod));
        Assert.Equal(2, answer.All("Via").Count());
        Assert.Equal("<sip:192.0.2.1;lr>", answer.First("Record-Route"));
        Assert.Equal("<sip:b@example.org>;tag=two", answer.First("To"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("hello\r\n\r\n")]
    public void Garbage_is_no_message(string text) => Assert.Null(SipText.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Media_is_found_in_a_description_of_ours()
    {
        var media = new IPEndPoint(IPAddress.Parse("127.0.0.90"), 22000);
        Assert.Equal(media, SessionText.Media(SessionText.For(media)));
        Assert.Null(SessionText.Media("v=0\r\nm=audio 22000 RTP/AVP 8\r\n"));
    }

    [Fact] // the example of RFC 2069 §2.4 with its errata: a challenge without qop
    public void Digest_answers_a_challenge_without_qop()
    {
        var challenge = new SipText("SIP/2.0 401 Unauthorized")
            .With("WWW-Authenticate", "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
        var (header, value) = Digest.Answer(challenge, "GET", "/dir/index.html", new TargetUser("Mufasa", "Mufasa", "CircleOfLife"));
        Assert.Equal("Authorization", header);
        Assert.Contains("response=\"1949323746fe6a43ef61f9606e7febea\"", value, StringComparison.Ordinal);
    }

    static SipText Parse(string text) => Assert.IsType<SipText>(SipText.Parse(Encoding.UTF8.GetBytes(text)));
}
