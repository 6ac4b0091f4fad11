using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>media-type = m-type SLASH m-subtype *( SEMI m-parameter ) (RFC 3261 §20.15).</summary>
public sealed record ContentType(string Type, string Subtype, HeaderParameters Parameters) : ISipHeader<ContentType>
{
    public static readonly ContentType Sdp = new("application", "sdp", HeaderParameters.Empty);
    public static readonly ContentType Text = new("text", "plain", HeaderParameters.Empty);
    public static readonly ContentType DtmfRelay = new("application", "dtmf-relay", HeaderParameters.Empty);
    public static readonly ContentType SipFragment = new("message", "sipfrag", HeaderParameters.Empty);

    public static SipHeaderName HeaderName => SipHeaderName.ContentType;

    public bool Is(string type, string subtype) =>
        Type.Equals(type, StringComparison.OrdinalIgnoreCase) && Subtype.Equals(subtype, StringComparison.OrdinalIgnoreCase);

    public bool IsSdp => Is("application", "sdp");

    public bool IsMultipart => Type.Equals("multipart", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of its parts one is meant, the last that is understood (RFC 2046 §5.1.4).</summary>
    public bool IsOneOfMany => Is("multipart", "alternative");

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out ContentType parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!reader.TryReadToken(out var type) || !reader.TrySkipSeparator((byte)'/')) return false;
        if (!reader.TryReadToken(out var subtype)) return false;
        if (!HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(WireText.Text(type), WireText.Text(subtype), parameters);
        return true;
    }

    // multipart/mixed;boundary="unique"
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteText(Type);
        output.WriteByte((byte)'/');
        output.WriteText(Subtype);
        Parameters.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);
}
