using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Expires = delta-seconds (RFC 3261 §20.19).</summary>
public sealed record Expires(TimeSpan Lifetime) : ISipHeader<Expires>
{
    public static SipHeaderName HeaderName => SipHeaderName.Expires;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out Expires parsed)
    {
        parsed = DeltaSeconds.TryParse(value, out var lifetime) ? new(lifetime) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => DeltaSeconds.Write(Lifetime, output);

    public override string ToString() => WireText.Of(this);
}
