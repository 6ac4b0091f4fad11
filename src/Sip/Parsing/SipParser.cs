using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Parsing;

/// <summary>
/// Bytes to message (RFC 3261 §7). Never throws. A message comes out also of a request that is bad but can be answered
/// (its <see cref="SipMessage.Fault"/> says why; <see cref="SipRequestCheck"/> makes the answer of it);
/// null means garbage or not enough bytes.
/// </summary>
public static class SipParser
{
    /// <summary>The bytes of one datagram, or one frame of a stream; the message keeps a reference to them.</summary>
    public static SipParseResult TryParse(ReadOnlyMemory<byte> bytes, out SipMessage? message)
    {
        message = null;
        var text = bytes.Span;
        var start = SkipLineBreaks(text);
        if (!SipLines.TryReadLine(text, start, out var line, out var next)) return StartLine.CouldBecomeOne(text[start..], start);

        var fault = StartLine.TryParse(text[line], line.Start.Value, CapacityFor(text[next..]), out var started);
        if (started is null) return fault;
        var head = new HeadReader(bytes, next, fault);
        if (!head.TryRead(started.Headers)) return SipParseResult.Incomplete;

        var result = head.SliceBody(out var body);
        if (result.IsComplete is false && started is SipResponse) return result;
        started.Body = body;
        started.Fault = result;
        message = started;
        return result;
    }

    // RFC 3261 §7.5: line breaks before the start line are ignored.
    static int SkipLineBreaks(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        return start < 0 ? text.Length : start;
    }

    // One array for the index: a line each, and a little room for what the stack adds.
    static int CapacityFor(ReadOnlySpan<byte> afterStartLine)
    {
        var end = afterStartLine.IndexOf("\r\n\r\n"u8);
        var lines = (end < 0 ? afterStartLine : afterStartLine[..end]).Count((byte)'\n');
        return Math.Min(lines, HeadReader.MaxFields) + 3;
    }
}
