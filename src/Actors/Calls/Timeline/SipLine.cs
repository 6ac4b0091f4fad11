using System.Text;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>A SIP message in one line: <c>INVITE sip:11@example.com</c>, <c>180 Ringing (INVITE)</c>.</summary>
static class SipLine
{
    public static string Of(SipRequest request) => $"{request.Method} {request.Uri}";

    public static string Of(SipResponse response) => $"{response.Status} {response.Reason} ({response.CSeq.Method})";

    /// <summary>The same of a message as it is on the wire; of one that is written otherwise than ours, something else.</summary>
    public static string Of(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf((byte)'\r');
        var first = end < 0 ? message : message[..end];
        if (!first.StartsWith(Version)) return Text(first.EndsWith(Version) ? first[..^Math.Min(first.Length, Version.Length + 1)] : first);
        var sequence = message.IndexOf(CSeq);
        if (sequence < 0 || message[sequence..].IndexOf((byte)'\r') is not (> 0 and var length)) return Text(first);
        var number = message.Slice(sequence, length);
        return $"{Text(first[Math.Min(Version.Length + 1, first.Length)..])} ({Text(number[(number.LastIndexOfAny((byte)' ', (byte)'\t') + 1)..])})";
    }

    static ReadOnlySpan<byte> Version => "SIP/2.0"u8;

    static ReadOnlySpan<byte> CSeq => "\nCSeq: "u8;

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
