using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Referred-By = ( name-addr / addr-spec ) *( SEMI ( cid / generic-param ) ) (RFC 3892 §3).</summary>
public sealed record ReferredBy(NameAddress Address) : ISipHeader<ReferredBy>
{
    public static SipHeaderName HeaderName => SipHeaderName.ReferredBy;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out ReferredBy parsed)
    {
        parsed = NameAddress.TryParse(value, out var address) ? new(address) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => Address.WriteTo(output);

    public override string ToString() => WireText.Of(this);
}
