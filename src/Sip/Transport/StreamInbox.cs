using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace TeleCube.Sip.Transport;

/// <summary>What stands at the beginning of a stream.</summary>
enum StreamFrame
{
    Incomplete,
    Message,
    Ping,
    Broken,
}

/// <summary>Cuts one stream into messages by their Content-Length (RFC 3261 §18.3), with limits; knows the keep-alives of RFC 5626 §3.5.1.</summary>
sealed class StreamInbox
{
    const int LongestHead = 32 * 1024;
    const int LongestBody = 256 * 1024;

    public static readonly ReadOnlyMemory<byte> Pong = "\r\n"u8.ToArray();

    long _searched; // no end of head before this offset: a peer that drips bytes doesn't make us search them again and again
    bool _halfPing;

    public string Fault { get; private set; } = "";

    public StreamFrame TryTake(ref ReadOnlySequence<byte> stream, out ReadOnlyMemory<byte> message)
    {
        message = default;
        while (StartsWith(stream, "\r\n"u8))
        {
            stream = stream.Slice(2);
            _halfPing = !_halfPing;
            if (!_halfPing) return StreamFrame.Ping;
        }
        if (stream.IsEmpty || (stream.Length == 1 && stream.FirstSpan[0] == '\r')) return StreamFrame.Incomplete;

        _halfPing = false;
        if (!TryFindHead(stream, out var head)) return stream.Length > LongestHead ? Break("Header Too Large") : StreamFrame.Incomplete;
        if (head > LongestHead) return Break("Header Too Large");
        if (!TryReadBodyLength(stream.Slice(0, head), out var body)) return Break("Bad Content-Length");
        if (body > LongestBody) return Break("Body Too Large");
        if (stream.Length < head + body) return StreamFrame.Incomplete;

        message = stream.Slice(0, head + body).ToArray();
        stream = stream.Slice(head + body);
        _searched = 0;
        return StreamFrame.Message;
    }

    bool TryFindHead(ReadOnlySequence<byte> stream, out long length)
    {
        var reader = new SequenceReader<byte>(stream.Slice(Math.Min(_searched, stream.Length)));
        if (reader.TryReadTo(out ReadOnlySequence<byte> rest, "\r\n\r\n"u8))
        {
            length = _searched + rest.Length + 4;
            return true;
        }
        _searched = Math.Max(0, stream.Length - 3);
        length = 0;
        return false;
    }

    static bool TryReadBodyLength(ReadOnlySequence<byte> head, out int length)
    {
        length = 0; // a message that doesn't say is taken to have none
        ReadOnlySpan<byte> lines = head.IsSingleSegment ? head.FirstSpan : head.ToArray();
        while (lines.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = lines[..end];
            lines = lines[(end + 1)..];
            var colon = line.IndexOf((byte)':');
            if (colon < 0 || !IsContentLength(line[..colon].Trim(" \t"u8))) continue;
            var value = line[(colon + 1)..].Trim(" \t\r"u8);
            return Utf8Parser.TryParse(value, out length, out var used) && used == value.Length && length >= 0;
        }
        return true;
    }

    static bool IsContentLength(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "Content-Length"u8) || Ascii.EqualsIgnoreCase(name, "l"u8);

    static bool StartsWith(ReadOnlySequence<byte> stream, ReadOnlySpan<byte> text)
    {
        var reader = new SequenceReader<byte>(stream);
        return reader.IsNext(text);
    }

    StreamFrame Break(string fault)
    {
        Fault = fault;
        return StreamFrame.Broken;
    }
}
