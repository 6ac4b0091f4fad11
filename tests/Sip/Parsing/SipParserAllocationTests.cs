using System.Text;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Tests.Parsing;

/// <summary>
/// The budget of STYLE §1: one buffer (the caller's), one message, one index array; typed values only when they are asked for.
/// </summary>
public sealed class SipParserAllocationTests
{
    static readonly byte[] _invite = Encoding.UTF8.GetBytes(
        "INVITE sip:+48943401128@tc.example;user=phone SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds;rport\r\n" +
        "Max-Forwards: 70\r\nFrom: \"Anna\" <sip:101@demo.example>;tag=1928301774\r\nTo: <sip:+48943401128@tc.example;user=phone>\r\n" +
        "Call-ID: a84b4c76e66710@192.0.2.10\r\nCSeq: 314159 INVITE\r\nContact: <sip:101@192.0.2.10:5060;ob>\r\n" +
        "Supported: replaces, 100rel, timer, norefersub\r\nSession-Expires: 1800;refresher=uac\r\nMin-SE: 90\r\n" +
        "Allow: INVITE, ACK, BYE, CANCEL, UPDATE, PRACK, INFO, REFER, NOTIFY, OPTIONS\r\nUser-Agent: phone/1.0\r\n" +
        "Content-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n");

    [Fact]
    public void Parsing_an_INVITE_allocates_a_message_and_an_index() =>
        Assert.InRange(BytesOf(() => SipParser.TryParse(_invite, out _)), 1, 1_100); // measured: 1,040

    [Fact]
    public void Checking_it_too_reads_what_every_request_needs() =>
        Assert.InRange(
            BytesOf(() =>
            {
                SipParser.TryParse(_invite, out var message);
                if (SipRequestCheck.Refusal((SipRequest)message!) is not null) throw new InvalidOperationException();
            }), 1, 3_300); // measured: 3,040

    [Fact]
    public void A_value_that_was_read_once_is_not_read_again()
    {
        SipParser.TryParse(_invite, out var message);
        _ = (message!.TopVia, message.From, message.To, message.CallId, message.CSeq);
        Assert.Equal(0, BytesOf(() => _ = (message.TopVia, message.From, message.To, message.CallId, message.CSeq)));
    }

    static long BytesOf(Action work)
    {
        for (var warm = 0; warm < 50; warm++) work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < 100; times++) work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }
}
