using System.Buffers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>delta-seconds = 1*DIGIT (RFC 3261 §25.1); what is more than 2**32 - 1 counts as that.</summary>
static class DeltaSeconds
{
    public static bool TryParse(ReadOnlySpan<byte> value, out TimeSpan time)
    {
        var reader = new SipReader(value);
        return TryRead(ref reader, out time) && reader.TryEnd();
    }

    public static bool TryRead(ref SipReader reader, out TimeSpan time)
    {
        time = default;
        if (reader.TryReadUInt32(out var seconds)) time = TimeSpan.FromSeconds(seconds);
        else if (reader.TryRead(SipChars.Digit, out _)) time = TimeSpan.FromSeconds(uint.MaxValue);
        else return false;
        return true;
    }

    public static TimeSpan? TryParse(string? text) =>
        text is not null && TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var time) ? time : null;

    public static string Text(TimeSpan time) => Seconds(time).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static void Write(TimeSpan time, IBufferWriter<byte> output) => output.WriteNumber(Seconds(time));

    static long Seconds(TimeSpan time) => Math.Clamp((long)time.TotalSeconds, 0, uint.MaxValue);
}
