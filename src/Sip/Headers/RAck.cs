using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>RAck = response-num LWS CSeq-num LWS Method (RFC 3262 §7.2).</summary>
public sealed record RAck(uint Response, CSeq CSeq) : ISipHeader<RAck>
{
    public static SipHeaderName HeaderName => SipHeaderName.RAck;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out RAck parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!reader.TryReadUInt32(out var response) || !reader.TrySkipWhitespace()) return false;
        if (!CSeq.TryParse(reader.Rest, out var cseq)) return false;
        parsed = new(response, cseq);
        return true;
    }

    // 776656 1 INVITE
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteNumber(Response);
        output.WriteByte((byte)' ');
        CSeq.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);
}
