using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Date = rfc1123-date (RFC 3261 §20.17): always GMT.</summary>
public sealed record SipDate(DateTimeOffset At) : ISipHeader<SipDate>
{
    public static SipHeaderName HeaderName => SipHeaderName.Date;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out SipDate parsed)
    {
        parsed = null;
        Span<char> text = stackalloc char[32];
        var trimmed = WireText.Trim(value);
        if (trimmed.Length > text.Length || !Ascii.IsValid(trimmed)) return false;
        text = text[..Encoding.ASCII.GetChars(trimmed, text)];
        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return false;
        parsed = new(at);
        return true;
    }

    // Sat, 13 Nov 2010 23:29:00 GMT
    public void WriteTo(IBufferWriter<byte> output) => output.WriteText(At.ToString("r", CultureInfo.InvariantCulture));

    public override string ToString() => WireText.Of(this);
}
