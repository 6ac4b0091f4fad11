using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>reason-value = protocol *( SEMI reason-params ) (RFC 3326 §2).</summary>
public sealed record Reason(string Protocol, HeaderParameters Parameters) : ISipHeader<Reason>
{
    public Reason(string protocol, int cause, string? text = null)
        : this(protocol, Of(cause, text))
    {
    }

    public static SipHeaderName HeaderName => SipHeaderName.Reason;

    /// <summary>The SIP status, the Q.850 cause, as the protocol says.</summary>
    public int? Cause => int.TryParse(Parameters["cause"], NumberStyles.None, CultureInfo.InvariantCulture, out var cause) ? cause : null;

    public string? Text => Parameters["text"];

    /// <summary>Why the other branches of a fork were cancelled: the call is no missed one (RFC 3326 §3.1).</summary>
    public static Reason CompletedElsewhere => new("SIP", 200, "Call completed elsewhere");

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out Reason parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!reader.TryReadToken(out var protocol) || !HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(WireText.Text(protocol), parameters);
        return true;
    }

    // Q.850;cause=16;text="Terminated"
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteText(Protocol);
        Parameters.WriteTo(output);
    }

    static HeaderParameters Of(int cause, string? text)
    {
        var parameters = HeaderParameters.Empty.WithRaw("cause", cause.ToString(CultureInfo.InvariantCulture));
        return text is null ? parameters : parameters.WithRaw("text", WireText.Quote(text));
    }

    public override string ToString() => WireText.Of(this);
}
