using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>An INFO that is no key press goes to the other party (RFC 6086), and is refused where that is the exchange itself.</summary>
public sealed class InfoTests
{
    const string Package = "Info-Package: conference\r\n";
    const string Text = "Content-Type: text/x-odd\r\n";

    readonly CallTable _call = new();

    [Theory]
    [InlineData(Package + Text, "hello")]
    [InlineData(Package, null)]
    [InlineData(Text, "hello")]
    public void To_a_party_it_goes_as_it_is(string headers, string? body)
    {
        Talk();
        _call.FromCaller("INFO", 2, extra: headers, body: body);
        var passed = Assert.Single(_call.Done<CallEffect.InDialog>());
        Assert.Equal((1, SipMethod.Info, body?.Length ?? 0), (passed.Leg, passed.Method, passed.Body.Length));
        Assert.Equal(headers.Contains(Package, StringComparison.Ordinal), passed.Headers.Contains(("Info-Package", "conference")));
        Assert.Equal(body is null ? null : "text/x-odd", passed.ContentType);
        Assert.DoesNotContain(passed.Headers, header => header.Name is "Content-Type" or "Content-Length");
        Assert.IsType<PassedOn>(passed.Context);
    }

    [Theory]
    [InlineData(Package, "hello", 469, "Recv-Info", "nil")]
    [InlineData(Package, null, 469, "Recv-Info", "nil")]
    [InlineData("", "hello", 415, "Accept", "application/dtmf-relay, application/dtmf")]
    [InlineData("", null, 200, "Recv-Info", null)]
    public void The_exchange_itself_understands_keys_alone(string headers, string? body, int status, string name, string? value)
    {
        _call.Take(new CallCommand.Order(CallTable.Company, "11", "12")); // who has answered while another is called talks with nobody yet
        _call.Answer(0, 200, "bob");
        _call.FromCallee(0, "INFO", 8, extra: headers, body: body is null ? null : ("text/x-odd", body));
        Assert.Equal(value, _call.Response(status).Headers.First(name));
        Assert.Empty(_call.Done<CallEffect.InDialog>());
    }

    [Theory]
    [InlineData("PUBLISH", 405)]
    [InlineData("TELEPORT", 501)]
    public void A_method_that_is_known_is_not_allowed_and_another_is_not_there(string method, int status) // RFC 3261 §8.2.1
    {
        Talk();
        _call.FromCaller(method, 2);
        Assert.Contains("INVITE", _call.Response(status).Headers.First("Allow"), StringComparison.Ordinal);
    }

    void Talk()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
    }
}
