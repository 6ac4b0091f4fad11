using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Max-Forwards = 1*DIGIT, at most 255 (RFC 3261 §20.22).</summary>
public sealed record MaxForwards(int Hops) : ISipHeader<MaxForwards>
{
    /// <summary>What a request starts with (RFC 3261 §8.1.1.6).</summary>
    public static readonly MaxForwards Initial = new(70);

    public static SipHeaderName HeaderName => SipHeaderName.MaxForwards;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out MaxForwards parsed)
    {
        var reader = new SipReader(value);
        var ok = reader.TryReadUInt32(out var hops) & reader.TryEnd() && hops <= 255;
        parsed = ok ? new((int)hops) : null;
        return ok;
    }

    public void WriteTo(IBufferWriter<byte> output) => output.WriteNumber(Hops);

    public override string ToString() => WireText.Of(this);
}
