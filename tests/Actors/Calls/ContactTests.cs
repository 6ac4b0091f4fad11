using System.Net;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>The Contact that peers are told: by the way on which they are, and sips to who asks for sips (RFC 3261 §8.1.1.8, §12.1.1).</summary>
public sealed class ContactTests
{
    static readonly byte[] _key = new byte[32];

    readonly CallSip _sip = new(
        "pbx.test",
        [
            new SipEndpoint(TransportKind.Udp, IPEndPoint.Parse("127.0.0.1:5060")),
            new SipEndpoint(TransportKind.Tls, IPEndPoint.Parse("127.0.0.1:5061")),
            new SipEndpoint(TransportKind.Udp, IPEndPoint.Parse("[::1]:5060")),
        ],
        new LocalTag(_key), new OnNet(_key), new SystemRandomSource(), "TeleCube");

    [Theory]
    [InlineData(TransportKind.Udp, "127.0.0.9:5060", false, "<sip:telecube@127.0.0.1:5060>")]
    [InlineData(TransportKind.Udp, "[::1]:5070", false, "<sip:telecube@[::1]:5060>")]
    [InlineData(TransportKind.Tls, "127.0.0.9:5061", false, "<sip:telecube@127.0.0.1:5061;transport=tls>")]
    [InlineData(TransportKind.Tls, "127.0.0.9:5061", true, "<sips:telecube@127.0.0.1:5061>")]
    [InlineData(TransportKind.Udp, "127.0.0.9:5060", true, "<sip:telecube@127.0.0.1:5060>")] // nothing secure leads there
    public void Fits_the_way_to_the_peer(TransportKind transport, string peer, bool secure, string contact) =>
        Assert.Equal(contact, _sip.ContactFor(new SipTarget(transport, IPEndPoint.Parse(peer)), secure).ToString());

    [Theory]
    [InlineData("sips:11@pbx.test", "", "<sip:10@127.0.0.9:5061>", "sips:")]
    [InlineData("sip:11@pbx.test", "", "<sips:10@127.0.0.9:5061>", "sips:")]
    [InlineData("sip:11@pbx.test", "Record-Route: <sip:127.0.0.9;lr>\r\n", "<sips:10@127.0.0.9:5061>", "sip:")]
    [InlineData("sip:11@pbx.test", "Record-Route: <sips:127.0.0.9;lr>\r\n", "<sip:10@127.0.0.9:5061>", "sips:")]
    [InlineData("sip:11@pbx.test", "", "<sip:10@127.0.0.9:5061>", "sip:")]
    public void Of_a_response_is_as_the_request_was(string uri, string routes, string contact, string scheme)
    {
        var text = $"INVITE {uri} SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.9:5061;branch=z9hG4bK-1\r\n"
            + $"From: <sip:10@pbx.test>;tag=a\r\nTo: <sip:11@pbx.test>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n{routes}Contact: {contact}\r\nContent-Length: 0\r\n\r\n";
        Assert.True(SipParser.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var invite).IsComplete);
        var flow = new SipFlow(
            new FlowId(7), TransportKind.Tls, IPEndPoint.Parse("127.0.0.1:5061"), "127.0.0.1", 5061, IPEndPoint.Parse("127.0.0.9:40000"));
        var received = new ReceivedInvite { Request = (SipRequest)invite!, Flow = flow, Transaction = new ServerTransactionId("t") };

        var response = _sip.DialogResponse(received, 200, "OK", "tag");

        Assert.StartsWith($"<{scheme}telecube@127.0.0.1:5061", response.Contact!.ToString(), StringComparison.Ordinal);
    }
}
