using System.Text;
using TeleCube.Actors.Voicemail;
using TeleCube.Sip.Headers;

namespace TeleCube.Actors.Subscriptions.Documents;

/// <summary>application/simple-message-summary (RFC 3842 §5.2): how many new and old messages lie in the mailbox, and where to call to hear them.</summary>
static class MessageSummary
{
    /// <summary>What a phone dials for its mailbox (PRODUCT §11).</summary>
    const string Mailbox = "*9";

    public static byte[] Of(SipUri entity, MailboxCounts counts) => Encoding.ASCII.GetBytes(
        $"Messages-Waiting: {(counts.New > 0 ? "yes" : "no")}\r\nMessage-Account: {entity.WithUser(Mailbox)}\r\n"
        + $"Voice-Message: {counts.New}/{counts.Old} (0/0)\r\n");
}
