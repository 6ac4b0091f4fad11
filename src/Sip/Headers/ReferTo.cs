using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Refer-To = ( name-addr / addr-spec ) *( SEMI generic-param ) (RFC 3515 §2.1).</summary>
public sealed record ReferTo(NameAddress Address) : ISipHeader<ReferTo>
{
    public ReferTo(SipUri uri) : this(new NameAddress(uri))
    {
    }

    public static SipHeaderName HeaderName => SipHeaderName.ReferTo;

    public SipUri Uri => Address.Uri;

    /// <summary>The method to use, INVITE if none is named.</summary>
    public SipMethod Method => Uri.Parameter("method") is { } method ? SipMethod.From(method) : SipMethod.Invite;

    /// <summary>The Replaces of an attended transfer; null for a blind one.</summary>
    public Replaces? Replaces => WireText.TryParse<Replaces>(Uri.Headers["Replaces"], out var replaces) ? replaces : null;

    /// <summary>Where to call, without what is meant for the new request's headers.</summary>
    public SipUri Target => Uri.WithHeaders(UriHeaders.Empty).WithoutParameter("method");

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out ReferTo parsed)
    {
        parsed = null;
        // Some phones leave the brackets out although the URI has headers.
        if (NameAddress.TryParse(value, out var address)) parsed = new(address);
        else if (SipUri.TryParse(WireText.Trim(value), out var uri)) parsed = new(uri);
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => Address.WriteTo(output);

    public override string ToString() => WireText.Of(this);
}
