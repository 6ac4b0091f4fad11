using System.Globalization;

namespace TeleCube.Sip.Sdp;

/// <summary>One payload type with what a=rtpmap and a=fmtp say of it (RFC 8866 §6.6, §6.15).</summary>
public sealed record SdpCodec(int PayloadType, string Name, int ClockRate, int Channels = 1, string? Format = null)
{
    public static readonly SdpCodec Pcmu = new(0, "PCMU", 8000);
    public static readonly SdpCodec Pcma = new(8, "PCMA", 8000);

    /// <summary>DTMF as RFC 4733 sends it, keys 0 to 9, *, #, A to D.</summary>
    public static readonly SdpCodec TelephoneEvent = new(101, "telephone-event", 8000, 1, "0-15");

    // RFC 3551 §6: audio types that need no rtpmap.
    static readonly Dictionary<int, SdpCodec> _static = new()
    {
        [0] = Pcmu,
        [3] = new(3, "GSM", 8000),
        [4] = new(4, "G723", 8000),
        [8] = Pcma,
        [9] = new(9, "G722", 8000),
        [13] = new(13, "CN", 8000),
        [15] = new(15, "G728", 8000),
        [18] = new(18, "G729", 8000),
    };

    public bool IsTelephoneEvent => Name.Equals("telephone-event", StringComparison.OrdinalIgnoreCase);

    /// <summary>Comfort noise is no codec to talk in.</summary>
    public bool IsSpeech => !IsTelephoneEvent && !Name.Equals("CN", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same codec, whatever its number.</summary>
    public bool Matches(SdpCodec other) =>
        Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase) && ClockRate == other.ClockRate && Channels == other.Channels;

    // 97 opus/48000/2
    public string RtpMap => Channels == 1 ? $"{PayloadType} {Name}/{ClockRate}" : $"{PayloadType} {Name}/{ClockRate}/{Channels}";

    internal static SdpCodec? Static(int payloadType) => _static.GetValueOrDefault(payloadType);

    internal static SdpCodec? ParseRtpMap(string value)
    {
        var blank = value.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || !TryNumber(value[..blank], out var payloadType)) return null;
        var parts = value[(blank + 1)..].Trim().Split('/');
        if (parts.Length is < 2 or > 3 || !TryNumber(parts[1], out var clockRate)) return null;
        var channels = 1;
        if (parts.Length == 3 && !TryNumber(parts[2], out channels)) return null;
        return new(payloadType, parts[0], clockRate, channels);
    }

    static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
