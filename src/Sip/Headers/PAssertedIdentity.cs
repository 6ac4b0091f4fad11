using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>PAssertedID-value = name-addr / addr-spec, at most two: a sip(s): and a tel: (RFC 3325 §9.1).</summary>
public sealed record PAssertedIdentity(NameAddress Address) : ISipHeader<PAssertedIdentity>
{
    public static SipHeaderName HeaderName => SipHeaderName.PAssertedIdentity;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out PAssertedIdentity parsed)
    {
        parsed = NameAddress.TryParse(value, out var address) ? new(address) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => Address.WriteTo(output);

    public override string ToString() => WireText.Of(this);
}
