using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Replaces = callid *( SEMI ( to-tag / from-tag / early-only / generic-param ) ) (RFC 3891 §6.1).</summary>
public sealed record Replaces(string CallId, string ToTag, string FromTag, bool EarlyOnly = false) : ISipHeader<Replaces>
{
    public static SipHeaderName HeaderName => SipHeaderName.Replaces;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out Replaces parsed)
    {
        parsed = null;
        var end = value.IndexOf((byte)';');
        if (end < 0 || !Headers.CallId.TryParse(value[..end], out var callId)) return false;
        var reader = new SipReader(value[end..]);
        if (!HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        if (parameters["to-tag"] is not { Length: > 0 } toTag || parameters["from-tag"] is not { Length: > 0 } fromTag) return false;
        parsed = new(callId.Value, toTag, fromTag, parameters.Has("early-only"));
        return true;
    }

    // 425928@bobster.example.org;to-tag=7743;from-tag=6472
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteText(CallId);
        output.Write(";to-tag="u8);
        output.WriteText(ToTag);
        output.Write(";from-tag="u8);
        output.WriteText(FromTag);
        if (EarlyOnly) output.Write(";early-only"u8);
    }

    public override string ToString() => WireText.Of(this);
}
