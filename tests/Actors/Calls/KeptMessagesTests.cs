using System.Text;
using TeleCube.Actors.Calls.Timeline;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>The messages of a call in little room: whatever they are, they come back as they were.</summary>
public sealed class KeptMessagesTests
{
    const string Caller = "From: \"Biuro ąęł\" <sip:firmaabcde_10@192.0.2.1>;tag=0123456789abcdef\r\n";
    const string Callee = "To: <sip:11@192.0.2.1>\r\n";
    const string Via = "Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK-524287-1-abcdef;rport=5060;received=192.0.2.7\r\n";
    const string CallId = "Call-ID: 5e4b1c6c-0f0f-4d6f-9e2a-1f0a7c1f2b3c@192.0.2.7\r\n";
    const string Allow = "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY, MESSAGE\r\nSupported: timer, replaces, 100rel, norefersub\r\n";
    const string Sdp = "\r\nv=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 20000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n";

    static readonly string[] _call =
    [
        $"INVITE sip:11@192.0.2.1 SIP/2.0\r\n{Via}{Caller}{Callee}{CallId}CSeq: 1 INVITE\r\n{Allow}{Sdp}",
        $"SIP/2.0 180 Ringing\r\n{Via}{Caller}{Callee}{CallId}CSeq: 1 INVITE\r\n{Allow}\r\n",
        $"SIP/2.0 200 OK\r\n{Via}{Caller}{Callee}{CallId}CSeq: 1 INVITE\r\n{Allow}{Sdp}",
        $"ACK sip:11@192.0.2.1 SIP/2.0\r\n{Via}{Caller}{Callee}{CallId}CSeq: 1 ACK\r\n\r\n",
        "",
        "no line ends here",
    ];

    [Fact]
    public void Each_comes_back_as_it_was_and_repetition_costs_little()
    {
        var kept = new KeptMessages();
        var places = _call.Select(kept.Add).ToList();
        Assert.Equal(_call, places.Select(place => kept.Read(place.Start, place.End)));
        var plain = _call.Sum(Encoding.UTF8.GetByteCount);
        Assert.True(kept.Bytes < 0.6 * plain, $"{kept.Bytes} of {plain} bytes");
    }

    [Fact]
    public void Whatever_they_are_they_come_back()
    {
        var dice = new Random(1);
        var kept = new KeptMessages();
        var messages = Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Range(0, dice.Next(20)).Select(_ => Line(dice)))).ToList();
        var places = messages.Select(kept.Add).ToList();
        Assert.Equal(messages, places.Select(place => kept.Read(place.Start, place.End)));
    }

    [Theory]
    [InlineData("INVITE sip:11@192.0.2.1 SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n", "INVITE sip:11@192.0.2.1")]
    [InlineData("SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE\r\n\r\n", "180 Ringing (INVITE)")]
    [InlineData("SIP/2.0 200 OK\r\ncseq: 1 INVITE\r\n\r\n", "SIP/2.0 200 OK")]
    [InlineData("SIP/2.0", "SIP/2.0")]
    [InlineData("", "")]
    public void A_message_in_one_line(string message, string line) => Assert.Equal(line, SipLine.Of(message));

    /// <summary>Few letters, so that parts of lines are parts of others; any byte that UTF-8 knows.</summary>
    static string Line(Random dice) =>
        string.Concat(Enumerable.Range(0, dice.Next(12)).Select(_ => "ab\0\u0001ą€😀".EnumerateRunes().ElementAt(dice.Next(7)).ToString())) + (dice.Next(4) > 0 ? "\r\n" : "");
}
