using System.Buffers;
using System.Text;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

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
        var places = _call.Select(message => Add(kept, message)).ToList();
        Assert.Equal(_call, places.Select(place => Read(kept, place)));
        var plain = _call.Sum(Encoding.UTF8.GetByteCount);
        Assert.True(kept.Bytes < 0.6 * plain, $"{kept.Bytes} of {plain} bytes");
    }

    [Fact]
    public void Whatever_they_are_they_come_back()
    {
        var dice = new Random(1);
        var kept = new KeptMessages();
        var messages = Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Range(0, dice.Next(20)).Select(_ => Line(dice)))).ToList();
        var places = messages.Select(message => Add(kept, message)).ToList();
        Assert.Equal(messages, places.Select(place => Read(kept, place)));
    }

    [Fact]
    public void What_a_peer_makes_us_keep_is_bounded()
    {
        var kept = new KeptMessages();
        var dice = new Random(2);
        string Huge() => string.Concat(Enumerable.Range(0, 2_000).Select(_ => $"{dice.Next()}\r\n"));
        var huge = Huge();

        var place = Add(kept, huge);
        Assert.StartsWith(huge[..8000], Read(kept, place), StringComparison.Ordinal);
        Assert.Contains("characters more", Read(kept, place), StringComparison.Ordinal);
        for (var more = 0; more < 500; more++) Add(kept, Huge());
        Assert.InRange(kept.Bytes, 1, 300 * 1024);
        Assert.Equal("", Read(kept, Add(kept, "one more")));
    }

    [Fact]
    public void Keys_that_come_by_INFO_are_not_kept()
    {
        var timeline = new CallTimeline(new EntityId("call", CallTable.Company, "01hzzzzzzzzzzzzzzzzzzzzzz0"), keepMessages: true);
        var info = new SipRequest(SipMethod.Info, SipUri.Parse("sip:telecube@127.0.0.1"))
        {
            From = NameAddress.Parse("<sip:10@pbx.test>;tag=a"),
            To = NameAddress.Parse("<sip:11@pbx.test>;tag=b"),
            CallId = "c",
            CSeq = new CSeq(2, SipMethod.Info),
        };
        info.SetBody("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"u8.ToArray());

        timeline.Took(new CallCommand.Request(0, new ServerTransactionId("t"), info, CallTable.Flow), CallState.Initial, DateTimeOffset.UnixEpoch);

        var kept = Assert.Single(timeline.Entries).Message;
        Assert.Contains("application/dtmf-relay", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("Signal", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INVITE sip:11@192.0.2.1 SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n", "INVITE sip:11@192.0.2.1")]
    [InlineData("SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE\r\n\r\n", "180 Ringing (INVITE)")]
    [InlineData("SIP/2.0 200 OK\r\ncseq: 1 INVITE\r\n\r\n", "SIP/2.0 200 OK")]
    [InlineData("SIP/2.0", "SIP/2.0")]
    [InlineData("", "")]
    public void A_message_in_one_line(string message, string line) => Assert.Equal(line, SipLine.Of(Encoding.UTF8.GetBytes(message)));

    static (int Start, int End) Add(KeptMessages kept, string message) => kept.Add(Encoding.UTF8.GetBytes(message));

    static string Read(KeptMessages kept, (int Start, int End) place)
    {
        var text = new ArrayBufferWriter<byte>();
        kept.Read(place.Start, place.End, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Few letters, so that parts of lines are parts of others; any byte that UTF-8 knows.</summary>
    static string Line(Random dice) =>
        string.Concat(Enumerable.Range(0, dice.Next(12)).Select(_ => "ab\0\u0001ą€😀".EnumerateRunes().ElementAt(dice.Next(7)).ToString())) + (dice.Next(4) > 0 ? "\r\n" : "");
}
