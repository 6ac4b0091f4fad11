using System.Text;

namespace TeleCube.Sip.Dialogs;

/// <summary>message/sipfrag (RFC 3420): a status line that tells a transferor how far the transfer is (RFC 3515 §2.4.5).</summary>
public static class SipFragment
{
    public const string ContentType = "message/sipfrag;version=2.0";

    // SIP/2.0 180 Ringing
    public static byte[] Of(int status, string reason) => Encoding.UTF8.GetBytes($"SIP/2.0 {status} {reason}\r\n");
}
