using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Content-Disposition = disp-type *( SEMI disp-param ) (RFC 3261 §20.11).</summary>
public sealed record ContentDisposition(string Type, HeaderParameters Parameters) : ISipHeader<ContentDisposition>
{
    public static SipHeaderName HeaderName => SipHeaderName.ContentDisposition;

    /// <summary>A body that is not understood may be ignored; else the request is to be refused with 415.</summary>
    public bool IsOptional => "optional".Equals(Parameters["handling"], StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out ContentDisposition parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!reader.TryReadToken(out var type) || !HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(WireText.Text(type), parameters);
        return true;
    }

    // session;handling=optional
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteText(Type);
        Parameters.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);
}
