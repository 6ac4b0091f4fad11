using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>callid = word [ "@" word ] (RFC 3261 §20.8), compared byte by byte.</summary>
public sealed record CallId(string Value) : ISipHeader<CallId>
{
    public static SipHeaderName HeaderName => SipHeaderName.CallId;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out CallId parsed)
    {
        var word = WireText.Trim(value);
        var ok = !word.IsEmpty && !word.ContainsAnyExcept(SipChars.Word);
        parsed = ok ? new(WireText.Text(word)) : null;
        return ok;
    }

    public void WriteTo(IBufferWriter<byte> output) => output.WriteText(Value);

    public override string ToString() => Value;
}
