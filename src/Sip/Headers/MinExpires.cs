using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Min-Expires = delta-seconds (RFC 3261 §20.23).</summary>
public sealed record MinExpires(TimeSpan Lifetime) : ISipHeader<MinExpires>
{
    public static SipHeaderName HeaderName => SipHeaderName.MinExpires;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out MinExpires parsed)
    {
        parsed = DeltaSeconds.TryParse(value, out var lifetime) ? new(lifetime) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => DeltaSeconds.Write(Lifetime, output);

    public override string ToString() => WireText.Of(this);
}
