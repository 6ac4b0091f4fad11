using System.Text;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>message/sipfrag (RFC 3420): a status line that tells a transferor how far the transfer is (RFC 3515 §2.4.5).</summary>
public static class SipFragment
{
    public const string ContentType = "message/sipfrag;version=2.0";

    public static byte[] Of(int status, string? reason = null) => Encoding.UTF8.GetBytes($"SIP/2.0 {status} {reason ?? ReasonPhrases.For(status)}\r\n");

    public static byte[] Of(SipResponse response) => Of(response.Status, response.Reason);

    /// <summary>The status in a fragment that we were notified of; null if it begins otherwise.</summary>
    public static int? StatusOf(ReadOnlySpan<byte> body)
    {
        var prefix = "SIP/2.0 "u8;
        if (body.Length < prefix.Length + 3 || !body.StartsWith(prefix)) return null;
        return System.Buffers.Text.Utf8Parser.TryParse(body.Slice(prefix.Length, 3), out int status, out var used) && used == 3 && status is >= 100 and < 700
            ? status
            : null;
    }
}
