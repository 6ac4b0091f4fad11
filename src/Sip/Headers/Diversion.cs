using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Diversion = name-addr *( SEMI diversion-params ) (RFC 5806 §7): who forwarded the call, the latest first.</summary>
public sealed record Diversion(NameAddress Address) : ISipHeader<Diversion>
{
    public Diversion(SipUri uri, string reason, int counter = 1)
        : this(new NameAddress(uri)
            .WithParameter("reason", reason)
            .WithParameter("counter", counter.ToString(CultureInfo.InvariantCulture)))
    {
    }

    public static SipHeaderName HeaderName => SipHeaderName.Diversion;

    /// <summary>
    /// unknown, user-busy, no-answer, unavailable, unconditional, time-of-day, do-not-disturb, deflection, follow-me, out-of-service,
    /// away.
    /// </summary>
    public string? Reason => Address.Parameters["reason"];

    /// <summary>How many diversions this entry stands for.</summary>
    public int Counter =>
        int.TryParse(Address.Parameters["counter"], NumberStyles.None, CultureInfo.InvariantCulture, out var counter) ? counter : 1;

    public string? Privacy => Address.Parameters["privacy"];

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out Diversion parsed)
    {
        parsed = NameAddress.TryParse(value, out var address) ? new(address) : null;
        return parsed is not null;
    }

    public void WriteTo(IBufferWriter<byte> output) => Address.WriteTo(output);

    public override string ToString() => WireText.Of(this);
}
