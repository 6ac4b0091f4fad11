using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A phone answers 302: its owner has told it where his calls go (RFC 3261 §8.1.3.4).</summary>
public sealed class RedirectionTests
{
    static readonly ExtensionNumber _eleven = ExtensionNumber.Parse("11");

    readonly CallTable _call = new();

    [Fact]
    public void It_is_followed_as_a_forward_of_the_extension()
    {
        _call.Phones["11"] = 2;
        _call.Dial("11");
        Redirect(1, "<sip:12@pbx.test>");
        Assert.Equal(new Party.Phone("12"), _call.Call.Legs[3].Party);
        Assert.Contains("reason=deflection", _call.Invite(3).Sent.Request.Headers.First("Diversion"), StringComparison.Ordinal);
        Assert.Equal(("redirected", "answered-elsewhere"), (_call.Call.Legs[1].Cause!.Code, _call.Call.Legs[2].Cause!.Code));

        _call.Answer(3, 200, "bob");
        Assert.Equal(new Pair(0, 3), _call.Call.Talk);
    }

    [Fact]
    public void The_best_contact_counts_and_may_be_a_number_outside_that_its_owner_may_call()
    {
        _call.Dial("11");
        Redirect(1, "<sip:12@pbx.test>;q=0.2, <sip:501222333@127.0.0.1>;q=0.7");
        var dial = Assert.IsType<RouteStep.Dial>(_call.Call.Trying);
        Assert.Equal(("+48501222333", "+48943401128"), (dial.Number, dial.From.DivertedFrom ?? ""));
    }

    [Theory]
    [InlineData("<sip:701234567@pbx.test>")] // premium
    [InlineData("<sip:12@elsewhere.example>")]
    [InlineData("<sip:112@pbx.test>")]
    [InlineData("<sip:11@pbx.test>")] // itself
    [InlineData("<sip:nobody@pbx.test>")]
    public void Where_it_leads_nowhere_the_extensions_own_forward_takes_the_call(string contact)
    {
        Set(own => own with { Forwards = new ExtensionForwards(Busy: new DialledNumber.Internal(ExtensionNumber.Parse("12"))) });
        _call.Dial("11");
        Redirect(1, contact);
        Assert.Equal(new Party.Phone("12"), _call.Call.Legs[2].Party);
        Assert.Equal("declined", _call.Call.Legs[1].Cause!.Code);
    }

    [Fact]
    public void Phones_that_send_a_call_to_each_other_end_it()
    {
        _call.Dial("11");
        for (var leg = 1; _call.Call.Phase is CallPhase.Setup; leg++)
        {
            Assert.True(leg < 10, "it goes round and round");
            Redirect(leg, leg % 2 == 1 ? "<sip:12@pbx.test>" : "<sip:11@pbx.test>");
        }

        Assert.Equal("declined", _call.Call.Cause!.Code);
    }

    [Fact]
    public void A_carriers_redirection_is_not_followed()
    {
        _call.Dial("501222333");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Redirect(1, "<sip:12@pbx.test>");
        Assert.Equal("refused", _call.Call.Cause!.Code);
    }

    void Redirect(int leg, string contact) => _call.Answer(leg, 302, extra: $"Contact: {contact}\r\n");

    void Set(Func<Extension, Extension> change) => _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(_eleven, change(_call.Tenant.Extensions[_eleven])) };
}
