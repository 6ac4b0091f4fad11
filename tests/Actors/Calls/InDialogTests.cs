using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What a peer may send within a dialog and when, and what is answered to what it may not.</summary>
public sealed class InDialogTests
{
    const string Reliably = "Require: 100rel\r\nRSeq: 1\r\n";

    readonly CallTable _call = new();

    [Theory] // RFC 3261 §12.2.2
    [InlineData("BYE")]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    [InlineData("INFO")]
    [InlineData("REFER")]
    [InlineData("NOTIFY")]
    [InlineData("OPTIONS")]
    [InlineData("MESSAGE")]
    [InlineData("PRACK")]
    public void A_request_that_comes_too_late_in_its_order_is_refused(string method)
    {
        Talk();
        _call.FromCaller("INVITE", 5, "alice");
        _call.FromCaller("ACK", 5);
        var events = _call.Events.Count;

        _call.FromCaller(method, 4, extra: "Refer-To: <sip:12@pbx.test>\r\nRAck: 1 1 INVITE\r\n");

        Assert.Equal("CSeq Out Of Order", _call.Response(500).Reason);
        Assert.Single(_call.Effects);
        Assert.Equal(events, _call.Events.Count);
    }

    [Theory] // RFC 3261 §12.2.2: whatever the last request was
    [InlineData("INFO")]
    [InlineData("OPTIONS")]
    [InlineData("REFER")]
    [InlineData("MESSAGE")]
    public void After_any_request_an_older_one_is_out_of_order(string method)
    {
        Talk();
        _call.FromCaller(method, 7, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        _call.FromCaller("BYE", 6);
        Assert.Equal("CSeq Out Of Order", _call.Response(500).Reason);
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
        _call.FromCallee(1, "INFO", 2); // the other leg counts for itself
        Assert.Equal(200, _call.Response(200).Status);
        _call.FromCaller("BYE", 8);
        Assert.Equal(200, _call.Response(200).Status);
    }

    [Fact]
    public void A_request_of_a_stranger_does_not_move_the_order()
    {
        Talk();
        _call.FromCaller("INFO", 90, from: "mallory");
        Assert.Equal(481, _call.Response(481).Status);
        _call.FromCaller("INFO", 2);
        Assert.Equal(200, _call.Response(200).Status);
    }

    [Fact]
    public void A_NOTIFY_without_a_subscription_is_told_so_and_the_call_goes_on() // RFC 6665 §4.1.3
    {
        Talk();
        _call.FromCaller("NOTIFY", 2, extra: "Event: keep-alive\r\nSubscription-State: active\r\n");
        Assert.Equal("Subscription Does Not Exist", _call.Response(481).Reason);
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
    }

    [Fact]
    public void Before_the_answer_the_INVITE_gives_the_order()
    {
        _call.Dial("11");
        _call.FromCaller("INFO", 0);
        Assert.Equal("CSeq Out Of Order", _call.Response(500).Reason);
        _call.FromCaller("INFO", 2);
        Assert.Equal(200, _call.Response(200).Status);
    }

    [Theory] // RFC 3262 §3
    [InlineData("1 1 INVITE", 200)]
    [InlineData("2 1 INVITE", 481)]
    [InlineData("0 1 INVITE", 481)]
    [InlineData("1 2 INVITE", 481)]
    [InlineData("nonsense", 400)]
    public void A_PRACK_names_a_response_that_was_sent(string rack, int status)
    {
        _call.Dial("11", extra: "Require: 100rel\r\n");
        _call.Answer(1, 180);
        Assert.Equal(1u, _call.Response(180).Get<RSeq>()!.Number);
        _call.FromCaller("PRACK", 2, extra: $"RAck: {rack}\r\n");
        Assert.Equal(status, _call.Response(status).Status);
    }

    [Fact]
    public void A_PRACK_where_nothing_was_sent_reliably_is_refused_and_one_after_a_restart_is_taken()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.FromCaller("PRACK", 2, extra: "RAck: 1 1 INVITE\r\n");
        Assert.Equal(481, _call.Response(481).Status);

        var reliable = new CallTable(1);
        reliable.Dial("11", extra: "Require: 100rel\r\n");
        reliable.Answer(1, 180);
        reliable.Restart();
        reliable.FromCaller("PRACK", 2, extra: "RAck: 1 1 INVITE\r\n");
        Assert.Equal(200, reliable.Response(200).Status);
    }

    [Fact]
    public void Each_fork_beyond_a_proxy_gets_the_PRACK_of_its_own_early_dialog()
    {
        _call.Dial("11");
        _call.Answer(1, 180, extra: Reliably, tag: "first");
        Assert.Null(Assert.Single(_call.Done<CallEffect.InDialog>()).Fork);
        _call.Answer(1, 180, extra: Reliably, tag: "second");
        var prack = Assert.Single(_call.Done<CallEffect.InDialog>());
        Assert.Equal((SipMethod.Prack, "second1"), (prack.Method, prack.Fork!.RemoteTag));
    }

    [Fact]
    public void The_second_REFER_of_a_dialog_has_its_number_in_every_NOTIFY() // RFC 3515 §2.4.6
    {
        Talk();
        _call.FromCallee(1, "REFER", 7, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        Assert.Equal("refer", Event());
        _call.Answer(2, 486);
        Assert.Equal("refer", Event());

        _call.FromCallee(1, "REFER", 8, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        Assert.Equal("refer;id=8", Event());
        _call.Answer(3, 486);
        Assert.Equal("refer;id=8", Event());
    }

    [Fact]
    public void A_REFER_without_a_subscription_hears_so_and_nothing_more() // RFC 4488
    {
        Talk();
        _call.FromCallee(1, "REFER", 7, extra: "Refer-To: <sip:12@pbx.test>\r\nRefer-Sub: false\r\nRequire: norefersub\r\n");
        Assert.Equal("false", _call.Response(202).Headers.First("Refer-Sub"));
        _call.Answer(2, 200, "carol");
        Assert.DoesNotContain(_call.AllEffects.OfType<CallEffect.InDialog>(), sent => sent.Method == SipMethod.Notify);
    }

    [Fact]
    public void A_REFER_that_says_not_where_to_is_told_so()
    {
        Talk();
        _call.FromCallee(1, "REFER", 7);
        Assert.Equal("Missing Or Bad Refer-To", _call.Response(400).Reason);
    }

    [Theory] // RFC 3261 §8.2.3
    [InlineData("Content-Type: application/sdp\r\n", "hello", 400, "Bad Session Description")]
    [InlineData("Content-Type: application/sdp\r\nContent-Encoding: gzip\r\n", "hello", 415, "Content-Encoding Is Not Supported")]
    [InlineData("", "hello", 400, "Missing Content-Type")]
    public void A_body_that_is_not_understood_is_no_late_offer(string headers, string body, int status, string reason)
    {
        _call.Dial("11", sdp: null, extra: headers, body: body);
        var refusal = _call.Response(status);
        Assert.Equal((reason, status == 415 ? "application/sdp, multipart/mixed" : null), (refusal.Reason, refusal.Headers.First("Accept")));
        Assert.Empty(_call.Events);

        var other = new CallTable(1);
        Talk(other);
        var events = other.Events.Count;
        other.FromCaller("INVITE", 2, extra: headers, body: body);
        Assert.Equal(reason, other.Response(status).Reason);
        Assert.Equal(events, other.Events.Count);
    }

    [Fact]
    public void Within_a_call_no_other_body_has_anybody_to_understand_it()
    {
        Talk();
        _call.FromCaller("INVITE", 2, extra: "Content-Type: text/plain\r\n", body: "hello");
        Assert.Equal("A Session Description Is Expected", _call.Response(415).Reason);
        Assert.Equal("application/sdp, multipart/mixed", _call.Response(415).Headers.First("Accept"));
    }

    [Theory]
    [InlineData("Replaces: x;to-tag=1;from-tag=2\r\nReplaces: y;to-tag=1;from-tag=2\r\n", "Multiple Replaces")] // RFC 3891 §3
    [InlineData("Replaces: x;to-tag=1\r\n", "Bad Replaces")]
    [InlineData("Replaces: x;to-tag=1;from-tag=2\r\nJoin: x;to-tag=1;from-tag=2\r\n", "Replaces And Join Together")]
    public void An_INVITE_that_nobody_can_make_sense_of_begins_no_call(string extra, string reason)
    {
        _call.Dial("11", extra: extra);
        Assert.Equal(reason, _call.Response(400).Reason);
        Assert.Empty(_call.Events);
    }

    [Theory] // RFC 3261 §8.1.1.8: known at once, not when somebody has answered
    [InlineData(null, "Missing Contact")]
    [InlineData("<tel:+48943401128>", "Unusable Contact")]
    public void An_INVITE_without_an_address_to_answer_to_begins_no_call(string? contact, string reason)
    {
        var invite = CallTable.Invite("11");
        invite.Headers.Remove("Contact");
        if (contact is not null) invite.Headers.Add("Contact", contact);
        _call.Take(new CallCommand.Begin(CallTable.Company, new CallOrigin.Extension("10"), invite, new("t-invite"), CallTable.Flow));
        Assert.Equal(reason, _call.Response(400).Reason);
        Assert.Empty(_call.Events);
    }

    [Fact]
    public void A_REFER_to_two_places_goes_nowhere() // RFC 3515 §2.4.2
    {
        Talk();
        _call.FromCallee(1, "REFER", 7, extra: "Refer-To: <sip:12@pbx.test>\r\nRefer-To: <sip:10@pbx.test>\r\n");
        Assert.Equal("Multiple Refer-To", _call.Response(400).Reason);
        Assert.Null(_call.Call.Transfer);
    }

    [Fact]
    public void A_body_that_may_be_passed_over_leaves_a_late_offer()
    {
        _call.Dial("11", sdp: null, extra: "Content-Type: text/plain\r\nContent-Disposition: render;handling=optional\r\n", body: "hello");
        _call.Answer(1, 200, "bob");
        Assert.NotNull(_call.Response(200).Sdp);
    }

    [Fact]
    public void A_session_whose_2xx_waited_for_its_ACK_at_the_restart_still_ends_when_nobody_refreshes_it()
    {
        _call.Dial("11", extra: "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\n");
        _call.Answer(1, 200, "bob");
        _call.Restart();
        Assert.Contains(_call.Done<CallEffect.StartTimer>(), timer => timer is { Name: "expire-0", Command: CallCommand.Expire(0) });
    }

    [Theory]
    [InlineData(302, 480)]
    [InlineData(420, 502)]
    [InlineData(422, 502)]
    [InlineData(486, 486)]
    [InlineData(603, 603)]
    public void The_caller_hears_of_a_refusal_what_it_can_make_use_of(int status, int heard)
    {
        _call.Dial("11");
        _call.Answer(1, status);
        Assert.Equal(heard, _call.Response(heard).Status);
    }

    [Fact]
    public void What_the_callee_says_in_unknown_headers_reaches_the_caller()
    {
        _call.Dial("11");
        _call.Answer(1, 180, extra: "X-Room: 12\r\nAlert-Info: <urn:alert:service:call-waiting>\r\nWWW-Authenticate: Digest realm=\"r\"\r\nX-TeleCube-Secret: 1\r\n");
        var ringing = _call.Response(180).Headers;
        Assert.Equal(("12", "<urn:alert:service:call-waiting>"), (ringing.First("X-Room"), ringing.First("Alert-Info")));
        Assert.Null(ringing.First("WWW-Authenticate") ?? ringing.First("X-TeleCube-Secret"));

        _call.Answer(1, 200, "bob", "User-to-User: 56a390f3;encoding=hex\r\n");
        Assert.Equal("56a390f3;encoding=hex", _call.Response(200).Headers.First("User-to-User"));
    }

    [Fact]
    public void What_tells_how_to_read_a_body_goes_with_the_body_alone()
    {
        const string Disposition = "Content-Disposition: render;handling=optional\r\n";
        _call.Dial("11", extra: Disposition);
        Assert.Null(_call.Invite(1).Sent.Request.Headers.First("Content-Disposition")); // it has our description, which is not optional
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);

        _call.FromCaller("MESSAGE", 2, extra: Disposition + "Content-Encoding: gzip\r\nContent-Type: text/plain\r\n", body: "hello");
        var passed = Assert.Single(_call.Done<CallEffect.InDialog>());
        Assert.Equal(["Content-Disposition", "Content-Encoding"], passed.Headers.Select(header => header.Name));
    }

    string Event() => Assert.Single(_call.Done<CallEffect.InDialog>(), sent => sent.Method == SipMethod.Notify).Headers.Single(header => header.Name == "Event").Value;

    void Talk() => Talk(_call);

    static void Talk(CallTable call)
    {
        call.Dial("11");
        call.Answer(1, 180);
        call.Answer(1, 200, "bob");
        call.FromCaller("ACK", 1);
    }
}
