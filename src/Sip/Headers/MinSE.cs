using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Min-SE = delta-seconds *(SEMI generic-param) (RFC 4028 §5).</summary>
public sealed record MinSE(TimeSpan Interval) : ISipHeader<MinSE>
{
    /// <summary>The smallest that may be asked for (RFC 4028 §5).</summary>
    public static readonly TimeSpan Smallest = TimeSpan.FromSeconds(90);

    public static SipHeaderName HeaderName => SipHeaderName.MinSE;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out MinSE parsed)
    {
        var reader = new SipReader(value);
        parsed = DeltaSeconds.TryRead(ref reader, out var interval) && HeaderParameters.TryParse(ref reader, out _) ? new(interval) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => DeltaSeconds.Write(Interval, output);

    public override string ToString() => WireText.Of(this);
}
