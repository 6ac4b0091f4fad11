using System.Buffers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Fuzz.Tests;

public sealed class FramerFuzz
{
    static readonly SipFramerLimits _limits = new(HeadBytes: 4096, MessageBytes: 12_288);

    [Fact]
    public void However_a_stream_is_cut_the_messages_are_the_same() =>
        Fuzzer.Run(Corpus.Files("message", "torture"), Check, Fuzzer.Budget);

    static int Check(byte[] input)
    {
        var whole = Messages(input, input.Length);
        var cut = Messages(input, 1 + (input.Length * 7 + 3) % 97);
        Assert.Equal(whole, cut);
        return HashCode.Combine(whole.Count, whole.Count > 0 ? whole[^1].Length / 16 : 0);
    }

    // Line breaks between messages may count as ping or pong by how they arrive, so only messages are compared.
    static List<string> Messages(byte[] input, int step)
    {
        var framer = new SipFramer(_limits);
        var messages = new List<string>();
        var begin = 0;
        for (var end = Math.Min(step, input.Length); ; end = Math.Min(end + step, input.Length))
        {
            while (true)
            {
                var buffer = new ReadOnlySequence<byte>(input, begin, end - begin);
                var frame = framer.TryRead(ref buffer);
                Assert.True(frame.Kind is not SipFrameKind.Incomplete || buffer.Length == end - begin);
                if (frame.Kind is SipFrameKind.Invalid) return messages;
                if (frame.Kind is SipFrameKind.Incomplete) break;
                begin = end - (int)buffer.Length;
                if (frame.Kind is SipFrameKind.Message) messages.Add(Convert.ToBase64String(frame.Message.Span));
            }
            if (end == input.Length) return messages;
        }
    }
}
