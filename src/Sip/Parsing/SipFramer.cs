using System.Buffers;

namespace TeleCube.Sip.Parsing;

/// <summary>
/// Cuts one connection's stream into messages by their Content-Length (RFC 3261 §18.3) and knows the keep-alives of RFC 5626 §3.5.1.
/// It remembers how far it has looked, so that a peer that drips bytes costs no more than one that does not. One per connection.
/// </summary>
public sealed class SipFramer(SipFramerLimits limits)
{
    long _searched;
    SipFrameHead? _head;

    /// <summary>
    /// Takes one frame off the front of the buffer. Incomplete leaves the buffer alone; after Invalid the stream has lost its place
    /// and the connection is to be closed (<see cref="SipFrame.Message"/> may then hold what can still be answered).
    /// </summary>
    public SipFrame TryRead(ref ReadOnlySequence<byte> buffer)
    {
        if (_head is null && SkipKeepAlive(ref buffer) is { } keepAlive) return keepAlive;
        if (_head is null && !TryReadHead(buffer, out var fault)) return fault;
        var head = _head!.Value;
        if (head.Fault is not SipParseReason.None) return SipFrame.Invalid(head.Fault, buffer.Slice(0, head.Length).ToArray());
        if (buffer.Length < head.Length + head.BodyLength) return SipFrame.Incomplete;

        var message = buffer.Slice(0, head.Length + head.BodyLength);
        buffer = buffer.Slice(message.End);
        Reset();
        return new(SipFrameKind.Message, message.ToArray());
    }

    // CRLF CRLF is a ping, a lone CRLF a pong or the blank line that some devices put after a body.
    SipFrame? SkipKeepAlive(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> first = stackalloc byte[4];
        var length = (int)Math.Min(4, buffer.Length);
        if (length == 0) return SipFrame.Incomplete;
        buffer.Slice(0, length).CopyTo(first);
        first = first[..length];
        if (first[0] is not ((byte)'\r' or (byte)'\n')) return null;
        if (first.SequenceEqual("\r\n\r\n"u8)) return KeepAlive(ref buffer, SipFrameKind.Ping, 4);
        if (first.SequenceEqual("\r\n\r"u8) || first.SequenceEqual("\r"u8)) return SipFrame.Incomplete;
        return KeepAlive(ref buffer, SipFrameKind.Pong, first.StartsWith("\r\n"u8) ? 2 : 1);
    }

    SipFrame KeepAlive(ref ReadOnlySequence<byte> buffer, SipFrameKind kind, int length)
    {
        buffer = buffer.Slice(length);
        Reset();
        return new(kind);
    }

    bool TryReadHead(ReadOnlySequence<byte> buffer, out SipFrame fault)
    {
        fault = SipFrame.Invalid(SipParseReason.NotSip);
        if (!LooksLikeSip(buffer)) return false;
        var end = FindEmptyLine(buffer);
        if (end is not null && end <= limits.HeadBytes)
        {
            var head = buffer.Slice(0, end.Value);
            _head = SipFrameHead.Read(head.IsSingleSegment ? head.FirstSpan : head.ToArray(), limits);
            return true;
        }
        fault = (end ?? buffer.Length) > limits.HeadBytes ? SipFrame.Invalid(SipParseReason.HeaderTooLarge) : SipFrame.Incomplete;
        return false;
    }

    // The head ends after LF [CR] LF. The last three bytes are looked at again, for the end may be cut in two.
    long? FindEmptyLine(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(Math.Max(0, _searched - 3));
        while (reader.TryAdvanceTo((byte)'\n'))
        {
            var afterLine = reader;
            if (afterLine.TryPeek(out var next) && next == (byte)'\r') afterLine.Advance(1);
            if (!afterLine.TryRead(out next) || next != (byte)'\n') continue;
            return afterLine.Consumed;
        }
        _searched = buffer.Length;
        return null;
    }

    static bool LooksLikeSip(ReadOnlySequence<byte> buffer)
    {
        Span<byte> first = stackalloc byte[SipFrameHead.LongestMethod + 1];
        var length = (int)Math.Min(first.Length, buffer.Length);
        buffer.Slice(0, length).CopyTo(first);
        return StartLine.CouldBecomeOne(first[..length], 0).Status is SipParseStatus.Incomplete;
    }

    void Reset()
    {
        _searched = 0;
        _head = null;
    }
}
