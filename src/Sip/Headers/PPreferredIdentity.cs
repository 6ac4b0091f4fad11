using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>PPreferredID-value = name-addr / addr-spec (RFC 3325 §9.2).</summary>
public sealed record PPreferredIdentity(NameAddress Address) : ISipHeader<PPreferredIdentity>
{
    public static SipHeaderName HeaderName => SipHeaderName.PPreferredIdentity;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out PPreferredIdentity parsed)
    {
        parsed = NameAddress.TryParse(value, out var address) ? new(address) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => Address.WriteTo(output);

    public override string ToString() => WireText.Of(this);
}
