using System.Buffers;
using System.Text;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Tests.Parsing;

public sealed class SipFramerTests
{
    const string Message = "MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c;branch=z9hG4bK1\r\nl: 5\r\n\r\nhello";

    static List<string> ReadAll(string stream, int step, SipFramerLimits? limits = null)
    {
        var framer = new SipFramer(limits ?? SipFramerLimits.Default);
        var frames = new List<string>();
        var bytes = Encoding.UTF8.GetBytes(stream);
        var begin = 0;
        for (var end = Math.Min(step, bytes.Length); begin < bytes.Length; end = Math.Min(end + step, bytes.Length))
        {
            while (true)
            {
                var buffer = new ReadOnlySequence<byte>(bytes, begin, end - begin);
                var frame = framer.TryRead(ref buffer);
                if (frame.Kind is SipFrameKind.Incomplete) break;
                frames.Add(frame.Kind is SipFrameKind.Message ? Encoding.UTF8.GetString(frame.Message.Span) : $"{frame.Kind} {frame.Reason}");
                if (frame.Kind is SipFrameKind.Invalid) return frames;
                begin = end - (int)buffer.Length;
            }
            if (end == bytes.Length) break;
        }
        return frames;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(1000)]
    public void Messages_come_out_whole_however_they_arrive(int step) =>
        Assert.Equal([Message, Message, Message], ReadAll(Message + Message + Message, step));

    [Fact]
    public void A_double_line_break_is_a_ping_and_a_single_one_a_pong() =>
        Assert.Equal(["Ping None", "Pong None", Message, "Pong None", Message], ReadAll("\r\n\r\n\r\n" + Message + "\r\n" + Message, 1000));

    [Fact]
    public void A_prefix_of_a_message_is_incomplete_and_takes_nothing()
    {
        for (var length = 0; length < Message.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Message[..length]));
            Assert.Equal(SipFrameKind.Incomplete, new SipFramer(SipFramerLimits.Default).TryRead(ref buffer).Kind);
            Assert.Equal(length, buffer.Length);
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\u0001", SipFrameKind.Incomplete, SipParseReason.None)]
    [InlineData("OPTIONSep://192.0.2.103 SIP/2.0\r\n\r\n", SipFrameKind.Invalid, SipParseReason.NotSip)] // found by FramerFuzz
    [InlineData("\u0016\u0003\u0001", SipFrameKind.Invalid, SipParseReason.NotSip)]
    [InlineData("INVITE sip:a@b SIP/2.0\r\nl: 5\r\nContent-Length: 6\r\n\r\n", SipFrameKind.Invalid, SipParseReason.BadContentLength)]
    [InlineData("INVITE sip:a@b SIP/2.0\r\nl: -5\r\n\r\n", SipFrameKind.Invalid, SipParseReason.BadContentLength)]
    [InlineData("INVITE sip:a@b SIP/2.0\r\nl: 99999999999\r\n\r\n", SipFrameKind.Invalid, SipParseReason.BadContentLength)]
    [InlineData("INVITE sip:a@b SIP/2.0\r\nl: 967\r\n\r\n", SipFrameKind.Invalid, SipParseReason.BodyTooLarge)] // 34 and 967
    [InlineData("INVITE sip:a@b SIP/2.0\r\nl: 966\r\n\r\n", SipFrameKind.Incomplete, SipParseReason.None)]
    [InlineData("INVITE sip:a@b SIP/2.0\r\nl: 4294967295\r\n\r\n", SipFrameKind.Invalid, SipParseReason.BodyTooLarge)]
    public void A_stream_that_is_not_SIP_or_asks_too_much_is_cut(string text, SipFrameKind kind, SipParseReason reason)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text));
        var frame = new SipFramer(new(MessageBytes: 1000)).TryRead(ref buffer);
        Assert.Equal((kind, reason), (frame.Kind, frame.Reason));
    }

    [Fact]
    public void A_head_that_does_not_end_is_cut_at_its_limit() =>
        Assert.Equal(["Invalid HeaderTooLarge"], ReadAll("INVITE sip:a@b SIP/2.0\r\n" + new string('x', 2000), 10, new(HeadBytes: 1000)));

    [Fact]
    public void A_body_may_hold_empty_lines()
    {
        var message = "MESSAGE sip:a@b SIP/2.0\r\nContent-Length: 8\r\n\r\n\r\n\r\n\r\n\r\n";
        Assert.Equal([message, Message], ReadAll(message + Message, 1));
    }
}
