using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>warning-value = warn-code SP warn-agent SP warn-text (RFC 3261 §20.43).</summary>
public sealed record Warning(int Code, string Agent, string Text) : ISipHeader<Warning>
{
    public static SipHeaderName HeaderName => SipHeaderName.Warning;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out Warning parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!reader.TryReadUInt32(out var code) || code is < 100 or > 999 || !reader.TrySkipWhitespace()) return false;
        if (!reader.TryRead(SipChars.Word, out var agent) || !reader.TrySkipWhitespace()) return false;
        if (!reader.TryReadQuoted(out var text) || !reader.TryEnd()) return false;
        parsed = new((int)code, WireText.Text(agent), WireText.Unquote(text));
        return true;
    }

    // 304 isi.edu "Incompatible media format"
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteNumber(Code);
        output.WriteByte((byte)' ');
        output.WriteText(Agent);
        output.WriteByte((byte)' ');
        output.WriteText(WireText.Quote(Text));
    }

    public override string ToString() => WireText.Of(this);
}
