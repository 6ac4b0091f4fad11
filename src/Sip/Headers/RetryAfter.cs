using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>
/// Retry-After = delta-seconds [ comment ] *( SEMI retry-param ) (RFC 3261 §20.33); the comment is of no use to a machine.
/// </summary>
public sealed record RetryAfter(TimeSpan Delay, HeaderParameters Parameters) : ISipHeader<RetryAfter>
{
    public RetryAfter(TimeSpan delay) : this(delay, HeaderParameters.Empty)
    {
    }

    public static SipHeaderName HeaderName => SipHeaderName.RetryAfter;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out RetryAfter parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!DeltaSeconds.TryRead(ref reader, out var delay) || !TrySkipComment(ref reader)) return false;
        if (!HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(delay, parameters);
        return true;
    }

    // 18000;duration=3600
    public void WriteTo(IBufferWriter<byte> output)
    {
        DeltaSeconds.Write(Delay, output);
        Parameters.WriteTo(output);
    }

    // comment = LPAREN *(ctext / quoted-pair / comment) RPAREN
    static bool TrySkipComment(ref SipReader reader)
    {
        reader.SkipWhitespace();
        var depth = 0;
        do
        {
            if (reader.TrySkip((byte)'(')) depth++;
            else if (depth == 0) return true;
            else if (reader.TrySkip((byte)')')) depth--;
            else if (!reader.TrySkip((byte)'\\') || !reader.End) reader.SkipOne();
        }
        while (depth > 0 && !reader.End);
        return depth == 0;
    }

    public override string ToString() => WireText.Of(this);
}
