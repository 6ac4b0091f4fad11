using System.Net;
using System.Net.Sockets;
using System.Text;
using TeleCube.Scenarios.Tests.Given;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What nobody may send, on the wire of a running node: the answer says what was wrong.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Bad_requests_are_told_what_is_wrong_with_them()
    {
        await using var company = await DemoCompany.Start();

        Assert.Contains("Unsupported: teleport", await Ask(company, "OPTIONS", "420", "Require: teleport\r\n"), StringComparison.Ordinal);
        Assert.Contains("Unsupported: precondition", await Ask(company, "INVITE", "420", "Require: 100rel, precondition\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 400 CSeq Method Does Not Match\r\n", await Ask(company, "OPTIONS", "400", cseq: "1 INFO"), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 400 Bad CSeq\r\n", await Ask(company, "OPTIONS", "400", cseq: "one OPTIONS"), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 481 ", await Ask(company, "BYE", "481", toTag: ";tag=nobody"), StringComparison.Ordinal);
        foreach (var method in (string[])["BYE", "INFO", "UPDATE", "PRACK"])
            Assert.Contains("Allow: INVITE", await Ask(company, method, "481"), StringComparison.Ordinal); // of no dialog
        Assert.StartsWith("SIP/2.0 405 ", await Ask(company, "PUBLISH", "405"), StringComparison.Ordinal);
        Assert.Contains("Allow: INVITE", await Ask(company, "SUBSCRIBE", "489"), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 481 ", await Ask(company, "NOTIFY", "481", "Event: keep-alive\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 501 ", await Ask(company, "TELEPORT", "501"), StringComparison.Ordinal);
    }

    static async Task<string> Ask(DemoCompany company, string method, string status, string extra = "", string? cseq = null, string toTag = "")
    {
        using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var text = $"{method} sip:10@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {peer.Client.LocalEndPoint};branch=z9hG4bK-{Guid.NewGuid():N};rport\r\nMax-Forwards: 70\r\n"
            + $"From: <sip:x@127.0.0.1>;tag=x\r\nTo: <sip:10@127.0.0.1>{toTag}\r\nCall-ID: {Guid.NewGuid():N}\r\nCSeq: {cseq ?? $"1 {method}"}\r\n{extra}Content-Length: 0\r\n\r\n";
        await peer.SendAsync(Encoding.UTF8.GetBytes(text), company.Node.Sip);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = Encoding.UTF8.GetString((await peer.ReceiveAsync(patience.Token)).Buffer);
            if (!answer.StartsWith("SIP/2.0 100", StringComparison.Ordinal)) return answer.StartsWith($"SIP/2.0 {status}", StringComparison.Ordinal) ? answer : throw new InvalidOperationException(answer);
        }
    }
}
