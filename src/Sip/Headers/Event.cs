using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Event = event-type *( SEMI event-param ) (RFC 6665 §8.4).</summary>
public sealed record Event(string Package, HeaderParameters Parameters) : ISipHeader<Event>
{
    public Event(string package) : this(package, HeaderParameters.Empty)
    {
    }

    public static SipHeaderName HeaderName => SipHeaderName.Event;

    public string? Id => Parameters["id"];

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out Event parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!reader.TryReadToken(out var package) || !HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(WireText.Text(package), parameters);
        return true;
    }

    // refer;id=93809824
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteText(Package);
        Parameters.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);
}
