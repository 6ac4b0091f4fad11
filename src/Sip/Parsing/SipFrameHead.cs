using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Parsing;

/// <summary>What framing must know of a head: its length, and the body's.</summary>
readonly record struct SipFrameHead(int Length, int BodyLength, SipParseReason Fault)
{
    public const int LongestMethod = StartLine.LongestMethod;

    /// <summary>A stream's message without Content-Length breaks RFC 3261 §18.3 and is taken for one without body.</summary>
    public static SipFrameHead Read(ReadOnlySpan<byte> head, SipFramerLimits limits)
    {
        long? length = null;
        for (var at = 0; SipLines.TryReadLine(head, at, out var line, out var next); at = next)
        {
            var text = head[line];
            var colon = text.IndexOf((byte)':');
            if (colon < 1 || SipHeaderName.Of(text[..colon].TrimEnd(" \t"u8)) != SipHeaderName.ContentLength) continue;
            // A folded value goes on in the next line; nobody folds a number honestly.
            var reader = new SipReader(text[(colon + 1)..]);
            reader.SkipWhitespace();
            if (!reader.TryReadUInt32(out var number) || !reader.TryEnd() || (length ?? number) != number)
                return new(head.Length, 0, SipParseReason.BadContentLength);
            length = number;
        }
        return head.Length + (length ?? 0) > limits.MessageBytes
            ? new(head.Length, 0, SipParseReason.BodyTooLarge)
            : new(head.Length, (int)(length ?? 0), SipParseReason.None);
    }
}
