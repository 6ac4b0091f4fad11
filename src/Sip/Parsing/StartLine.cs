using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Parsing;

/// <summary>
/// Request-Line = Method SP Request-URI SP SIP-Version; Status-Line = SIP-Version SP Status-Code SP Reason-Phrase (RFC 3261 §25.1).
/// </summary>
static class StartLine
{
    public const int LongestMethod = 64;

    /// <summary>
    /// A message without headers yet; null where the line is not SIP at all. The result names the first fault of a line that is.
    /// </summary>
    public static SipParseResult TryParse(ReadOnlySpan<byte> line, int offset, int capacity, out SipMessage? message)
    {
        message = null;
        if (IsVersion(line, out var versionLength)) return TryParseStatus(line, versionLength, offset, capacity, out message);

        var reader = new SipReader(line);
        var trimmed = line.TrimEnd(" \t"u8);
        var lastBlank = trimmed.LastIndexOf((byte)' ');
        if (!reader.TryReadToken(out var method) || !reader.IsAt((byte)' ') || lastBlank < reader.Position) return NotSip(offset);
        var version = trimmed[(lastBlank + 1)..];
        if (method.Length > LongestMethod || !IsVersion(version, out versionLength) || versionLength != version.Length) return NotSip(offset);

        var middle = lastBlank > reader.Position ? trimmed[(reader.Position + 1)..lastBlank] : default;
        var isUri = SipUri.TryParse(middle, out var uri);
        message = new SipRequest(SipMethod.From(method), uri ?? Unreadable(middle), new SipHeaders(capacity));
        if (!version.Equals20()) return SipParseResult.Invalid(SipParseReason.BadVersion, offset + lastBlank + 1);
        if (trimmed.Length < line.Length) return SipParseResult.Invalid(SipParseReason.BadRequestLine, offset + trimmed.Length);
        return isUri ? SipParseResult.Complete : SipParseResult.Invalid(SipParseReason.BadRequestUri, offset + reader.Position + 1);
    }

    /// <summary>An unfinished first line: worth waiting for the rest only if it begins like a method or a version.</summary>
    public static SipParseResult CouldBecomeOne(ReadOnlySpan<byte> text, int offset)
    {
        var reader = new SipReader(text);
        if (reader.End) return SipParseResult.Incomplete;
        var begins = reader.TryReadToken(out var word) && word.Length <= LongestMethod;
        var goesOn = reader.End || reader.IsAt((byte)' ') || reader.IsAt((byte)'/') || reader.IsAt((byte)'\r');
        return begins && goesOn ? SipParseResult.Incomplete : NotSip(offset);
    }

    static SipParseResult TryParseStatus(ReadOnlySpan<byte> line, int versionLength, int offset, int capacity, out SipMessage? message)
    {
        message = null;
        if (!line[..versionLength].Equals20()) return SipParseResult.Invalid(SipParseReason.BadVersion, offset);
        var reader = new SipReader(line[versionLength..]);
        var isStatus = reader.TrySkip((byte)' ') && reader.TryReadUInt32(out var status) && status is >= 100 and <= 699
            && (reader.End || reader.IsAt((byte)' '));
        if (!isStatus) return SipParseResult.Invalid(SipParseReason.BadStatusLine, offset + versionLength);
        var code = (line[versionLength + 1] - '0') * 100 + (line[versionLength + 2] - '0') * 10 + (line[versionLength + 3] - '0');
        reader.TrySkip((byte)' ');
        message = new SipResponse(code, ReasonPhrases.Intern(code, reader.Rest), new SipHeaders(capacity));
        return SipParseResult.Complete;
    }

    // SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT, and it is not case-sensitive.
    static bool IsVersion(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (text.Length < 7 || !Ascii.EqualsIgnoreCase(text[..4], "SIP/")) return false;
        var reader = new SipReader(text[4..]);
        if (!reader.TryRead(SipChars.Digit, out _) || !reader.TrySkip((byte)'.') || !reader.TryRead(SipChars.Digit, out _)) return false;
        length = 4 + reader.Position;
        return true;
    }

    static bool Equals20(this ReadOnlySpan<byte> version) => version[4..].SequenceEqual("2.0"u8);

    // Kept for the log and the timeline; the check refuses the request before anyone uses it.
    static SipUri Unreadable(ReadOnlySpan<byte> text) => new() { Scheme = UriScheme.Other, Opaque = WireText.Text(text) };

    static SipParseResult NotSip(int offset) => SipParseResult.Invalid(SipParseReason.NotSip, offset);
}
