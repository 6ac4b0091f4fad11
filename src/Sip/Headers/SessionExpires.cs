using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Session-Expires = delta-seconds *(SEMI (refresher / generic-param)) (RFC 4028 §4).</summary>
public sealed record SessionExpires(TimeSpan Interval, HeaderParameters Parameters) : ISipHeader<SessionExpires>
{
    public SessionExpires(TimeSpan interval, SessionRefresher refresher)
        : this(interval, refresher is SessionRefresher.Unspecified
            ? HeaderParameters.Empty
            : HeaderParameters.Empty.WithRaw("refresher", refresher is SessionRefresher.Uac ? "uac" : "uas"))
    {
    }

    public static SipHeaderName HeaderName => SipHeaderName.SessionExpires;

    public SessionRefresher Refresher => Parameters["refresher"]?.ToLowerInvariant() switch
    {
        "uac" => SessionRefresher.Uac,
        "uas" => SessionRefresher.Uas,
        _ => SessionRefresher.Unspecified,
    };

    public static bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out SessionExpires parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!DeltaSeconds.TryRead(ref reader, out var interval) || !HeaderParameters.TryParse(ref reader, out var parameters)) return false;
        parsed = new(interval, parameters);
        return true;
    }

    // 1800;refresher=uac
    public void WriteTo(IBufferWriter<byte> output)
    {
        DeltaSeconds.Write(Interval, output);
        Parameters.WriteTo(output);
    }

    public override string ToString() => WireText.Of(this);
}
