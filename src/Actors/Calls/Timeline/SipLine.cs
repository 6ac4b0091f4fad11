using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>A SIP message in one line: <c>INVITE sip:11@example.com</c>, <c>180 Ringing (INVITE)</c>.</summary>
static class SipLine
{
    const string Version = "SIP/2.0";
    const string CSeq = "\nCSeq: ";

    public static string Of(SipRequest request) => $"{request.Method} {request.Uri}";

    public static string Of(SipResponse response) => $"{response.Status} {response.Reason} ({response.CSeq.Method})";

    /// <summary>The same of a message as text; of one that is written otherwise than ours, something else.</summary>
    public static string Of(string message)
    {
        var end = message.IndexOf('\r', StringComparison.Ordinal);
        var first = end < 0 ? message : message[..end];
        if (!first.StartsWith(Version, StringComparison.Ordinal)) return first.EndsWith(Version, StringComparison.Ordinal) ? first[..^(Version.Length + 1)] : first;
        var sequence = message.IndexOf(CSeq, StringComparison.Ordinal);
        if (sequence < 0 || message.IndexOf('\r', sequence) is not (> 0 and var after)) return first;
        var method = message[(message.LastIndexOf(' ', after - 1) + 1)..after];
        return $"{first[Math.Min(Version.Length + 1, first.Length)..]} ({method})";
    }
}
