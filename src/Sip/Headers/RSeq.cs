using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>RSeq = 1*DIGIT (RFC 3262 §7.1).</summary>
public sealed record RSeq(uint Number) : ISipHeader<RSeq>
{
    public static SipHeaderName HeaderName => SipHeaderName.RSeq;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out RSeq parsed)
    {
        var reader = new SipReader(value);
        parsed = reader.TryReadUInt32(out var number) && reader.TryEnd() ? new(number) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => output.WriteNumber(Number);

    public override string ToString() => WireText.Of(this);
}
