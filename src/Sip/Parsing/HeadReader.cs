using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Parsing;

/// <summary>
/// message-header lines up to the empty one (RFC 3261 §7.3), and the body by their Content-Length. The first fault is kept, reading
/// goes on.
/// </summary>
ref struct HeadReader(ReadOnlyMemory<byte> bytes, int start, SipParseResult fault)
{
    /// <summary>More header lines than any honest message has; what follows is not indexed.</summary>
    public const int MaxFields = 256;

    readonly ReadOnlySpan<byte> _text = bytes.Span;
    int _at = start;
    SipParseResult _fault = fault;
    long? _contentLength;

    /// <summary>False if the empty line has not come yet.</summary>
    public bool TryRead(SipHeaders headers)
    {
        while (SipLines.TryReadLine(_text, _at, out var line, out var next))
        {
            var begin = _at;
            _at = next;
            if (line.End.Value == line.Start.Value) return true;
            var folded = IsFolded(next);
            if (folded && !TrySkipFolds(ref line)) return false;
            if (headers.Count < MaxFields) ReadField(headers, line, folded);
            else Fail(SipParseReason.TooManyHeaders, begin);
        }
        return false;
    }

    /// <summary>
    /// RFC 3261 §18.3: a datagram may be longer than its Content-Length, not shorter; without one the body ends with the datagram.
    /// </summary>
    public readonly SipParseResult SliceBody(out ReadOnlyMemory<byte> body)
    {
        body = bytes[_at..];
        if (!_fault.IsComplete || _contentLength is not { } length) return _fault;
        if (length > body.Length) return new(SipParseStatus.Incomplete, SipParseReason.BodyTooShort, bytes.Length);
        body = body[..(int)length];
        return _fault;
    }

    void ReadField(SipHeaders headers, Range line, bool folded)
    {
        var offset = line.Start.Value;
        var text = _text[line];
        var colon = text.IndexOf((byte)':');
        var name = colon < 0 ? default : text[..colon].TrimEnd(" \t"u8);
        if (name.IsEmpty || name.ContainsAnyExcept(SipChars.Token))
        {
            Fail(SipParseReason.BadHeaderLine, offset);
            return;
        }
        // A lone CR would end the line for a careless reader further on.
        var broken = !folded && text.Contains((byte)'\r');
        if (broken) Fail(SipParseReason.BadHeaderLine, offset);

        var header = SipHeaderName.Of(name);
        var value = WireText.Trim(text[(colon + 1)..]);
        headers.Append(header, folded || broken ? Unfold(value) : bytes.Slice(StartOf(value, line, colon), value.Length), null);
        if (header == SipHeaderName.ContentLength) ReadContentLength(headers[headers.Count - 1].Value.Span, offset);
    }

    // RFC 3261 §20.14. Two that differ are a smuggler's trick.
    void ReadContentLength(ReadOnlySpan<byte> value, int offset)
    {
        var reader = new SipReader(value);
        if (!reader.TryReadUInt32(out var length) || !reader.TryEnd() || length > int.MaxValue || (_contentLength ?? length) != length)
            Fail(SipParseReason.BadContentLength, offset);
        else _contentLength = length;
    }

    readonly bool IsFolded(int next) => next < _text.Length && _text[next] is (byte)' ' or (byte)'\t';

    bool TrySkipFolds(ref Range line)
    {
        while (IsFolded(_at))
        {
            if (!SipLines.TryReadLine(_text, _at, out var more, out var next)) return false;
            line = line.Start..more.End;
            _at = next;
        }
        return true;
    }

    readonly int StartOf(ReadOnlySpan<byte> value, Range line, int colon)
    {
        var from = line.Start.Value + colon + 1;
        while (from < line.End.Value && _text[from] is (byte)' ' or (byte)'\t') from++;
        return value.IsEmpty ? line.End.Value : from;
    }

    // LWS = [*WSP CRLF] 1*WSP counts as one blank (RFC 3261 §7.3.1).
    static byte[] Unfold(ReadOnlySpan<byte> value)
    {
        var unfolded = new byte[value.Length];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is not ((byte)'\r' or (byte)'\n'))
            {
                unfolded[length++] = value[i];
                continue;
            }
            while (length > 0 && unfolded[length - 1] is (byte)' ' or (byte)'\t') length--;
            while (i + 1 < value.Length && value[i + 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') i++;
            unfolded[length++] = (byte)' ';
        }
        return WireText.Trim(unfolded.AsSpan(0, length)).ToArray();
    }

    void Fail(SipParseReason reason, int offset)
    {
        if (_fault.IsComplete) _fault = SipParseResult.Invalid(reason, offset);
    }
}
