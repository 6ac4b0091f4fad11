using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>hi-entry = hi-targeted-to-uri *( SEMI hi-param ) (RFC 7044 §5): one step of the way that a request took.</summary>
public sealed record HistoryInfo(NameAddress Address) : ISipHeader<HistoryInfo>
{
    public static SipHeaderName HeaderName => SipHeaderName.HistoryInfo;

    /// <summary>The place in the tree of retargetings, such as 1.2.1.</summary>
    public string? Index => Address.Parameters["index"];

    /// <summary>Why the request left this target, embedded in its URI.</summary>
    public Reason? Reason => WireText.TryParse<Reason>(Address.Uri.Headers["Reason"], out var reason) ? reason : null;

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out HistoryInfo parsed)
    {
        parsed = NameAddress.TryParse(value, out var address) ? new(address) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => Address.WriteTo(output);

    public override string ToString() => WireText.Of(this);
}
