using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What a peer says as it hangs up, gives up or refuses reaches the other party (RFC 3326, RFC 7433); ours is said once.</summary>
public sealed class LastWordsTests
{
    const string Words = "Reason: Q.850;cause=16;text=\"Normal call clearing\"\r\nUser-to-User: 56a390f3;encoding=hex\r\nX-Room: 12\r\nAlert-Info: <http://192.0.2.66/x>\r\n";
    const string Own = "SIP;cause=200;text=\"Normal call clearing\"";

    readonly CallTable _call = new();

    [Fact]
    public void A_BYE_says_them_to_the_other_party_either_way()
    {
        Talk(_call);
        _call.FromCaller("BYE", 2, extra: Words);
        Hears(Assert.Single(_call.Done<CallEffect.InDialog>()).Headers, Own);

        var other = new CallTable(1);
        Talk(other);
        other.FromCallee(1, "BYE", 2, extra: Words);
        var bye = Assert.Single(other.Done<CallEffect.InDialog>());
        Assert.Equal(0, bye.Leg);
        Hears(bye.Headers, Own);
    }

    [Fact]
    public void A_reason_of_the_peers_own_is_said_instead_of_ours_and_each_sort_once()
    {
        Talk(_call);
        _call.FromCaller("BYE", 2, extra: "Reason: SIP;cause=600;text=\"Busy Everywhere\", Q.850;cause=17\r\nReason: SIP;cause=200\r\n");
        Assert.Equal(["SIP;cause=600;text=\"Busy Everywhere\"", "Q.850;cause=17"], Values(Assert.Single(_call.Done<CallEffect.InDialog>()).Headers, "Reason"));
    }

    [Fact]
    public void A_BYE_without_words_says_why_in_ours()
    {
        Talk(_call);
        _call.FromCaller("BYE", 2);
        Assert.Equal(("Reason", Own), Assert.Single(Assert.Single(_call.Done<CallEffect.InDialog>()).Headers));
    }

    [Fact]
    public void A_CANCEL_says_them_to_all_who_ring_and_not_back_to_the_caller() // RFC 3326 §3.1: else each phone has missed a call
    {
        _call.Phones["11"] = 2;
        var invite = _call.Dial("11");
        var cancel = Cancel(invite, "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\nX-Room: 12\r\n");
        _call.Take(new CallCommand.Cancel(_call.Call.Legs[0].Received!.Transaction, cancel));

        var told = _call.Done<CallEffect.CancelInvite>().ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, one => Assert.Equal([("Reason", "SIP;cause=200;text=\"Call completed elsewhere\""), ("X-Room", "12")], one.Headers));
        Assert.Equal("SIP;cause=487;text=\"Caller gave up\"", Assert.Single(_call.Response(487).Headers.All("Reason")));
        Assert.Null(_call.Response(487).Headers.First("X-Room"));
    }

    [Fact]
    public void A_BYE_before_the_answer_is_told_like_a_CANCEL()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.FromCaller("BYE", 2, extra: Words);
        Hears(Assert.Single(_call.Done<CallEffect.CancelInvite>()).Headers, "SIP;cause=487;text=\"Caller gave up\"");
    }

    [Fact]
    public void A_refusal_says_them_to_the_caller()
    {
        _call.Dial("11");
        _call.Answer(1, 486, extra: Words);
        Hears([.. _call.Response(486).Headers.Select(field => (field.Name.Text, field.Text))], "SIP;cause=486;text=\"Busy Here\"");
    }

    [Fact]
    public void Of_several_refusals_the_caller_hears_the_words_of_the_one_he_gets()
    {
        _call.Phones["11"] = 2;
        _call.Dial("11");
        _call.Answer(1, 486, extra: "X-Room: busy\r\n");
        _call.Answer(2, 480, extra: "X-Room: away\r\n");
        Assert.Equal("busy", _call.Response(486).Headers.First("X-Room"));
    }

    [Fact]
    public void After_a_restart_the_same_is_said_again_and_no_record_has_it()
    {
        Talk(_call);
        _call.FromCaller("BYE", 2, extra: Words);
        var cdr = Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr;
        Assert.True(cdr.Cause.Said is null && cdr.Legs.All(leg => leg.Cause.Said is null));
        Assert.Equal("answered", cdr.Disposition);
        _call.Restart();
        Hears(Assert.Single(_call.Done<CallEffect.InDialog>()).Headers, Own);
    }

    [Fact]
    public void What_is_said_makes_no_cause_another_one()
    {
        Assert.Equal(EndCause.HungUp, EndCause.HungUp with { Said = [new("X-Room", "12")] });
        Assert.NotEqual(EndCause.HungUp, EndCause.Busy);
    }

    [Fact]
    public void An_outsider_says_no_more_with_them_than_with_an_INVITE()
    {
        _call.Dial("222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        _call.FromCallee(1, "BYE", 2, extra: Words + $"X-Long: {new string('x', 5000)}\r\nReason: X;text=\"{new string('y', 300)}\"\r\n");
        var heard = Assert.Single(_call.Done<CallEffect.InDialog>()).Headers;
        Assert.Equal(["Reason", "Reason", "User-to-User", "X-Room"], heard.Select(header => header.Name));
    }

    static void Hears(IReadOnlyList<(string Name, string Value)> headers, string own)
    {
        Assert.Equal([own, "Q.850;cause=16;text=\"Normal call clearing\""], Values(headers, "Reason"));
        Assert.Equal("56a390f3;encoding=hex", Assert.Single(Values(headers, "User-to-User")));
        Assert.Equal("12", Assert.Single(Values(headers, "X-Room")));
    }

    static IEnumerable<string> Values(IEnumerable<(string Name, string Value)> headers, string name) => headers.Where(header => header.Name == name).Select(header => header.Value);

    static SipRequest Cancel(SipRequest invite, string extra)
    {
        var cancel = new SipRequest(SipMethod.Cancel, invite.Uri);
        foreach (var line in extra.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)) cancel.Headers.Add(line.Split(": ")[0], line.Split(": ", 2)[1]);
        return cancel;
    }

    static void Talk(CallTable call)
    {
        call.Dial("11");
        call.Answer(1, 200, "bob");
        call.FromCaller("ACK", 1);
    }
}
