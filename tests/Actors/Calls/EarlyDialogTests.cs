using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Offers and answers of a caller before its call is answered: in reliable responses, PRACK (RFC 3262 §5) and UPDATE (RFC 3311 §5).</summary>
public sealed class EarlyDialogTests
{
    const string WantsReliable = "Require: 100rel\r\n";
    const string OfFirst = "RAck: 1 1 INVITE\r\n";

    readonly CallTable _call = new();

    [Fact]
    public void Once_a_reliable_response_has_answered_its_offer_a_caller_may_make_another_by_UPDATE()
    {
        _call.Dial("11", extra: WantsReliable);
        _call.Answer(1, 183, "bob");
        Assert.NotNull(_call.Response(183).Sdp);
        _call.FromCaller("PRACK", 2, extra: OfFirst);
        _call.Restart(); // which changes nothing

        _call.FromCaller("UPDATE", 3, "alice:sendonly");
        Assert.Equal(SdpDirection.RecvOnly, _call.Response(200).Sdp!.Audio!.Direction);
        Assert.Null(_call.Response(200).Get<SessionExpires>()); // there is no session yet
        _call.FromCaller("UPDATE", 4, "alice");
        Assert.Equal(SdpDirection.SendRecv, _call.Response(200).Sdp!.Audio!.Direction ?? SdpDirection.SendRecv);

        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        Assert.Equal((CallPhase.Talking, 4u), (_call.Call.Phase, _call.Call.Legs[0].Dialog!.RemoteSeq));
        _call.FromCaller("BYE", 3);
        Assert.Equal(500, _call.Response(500).Status); // older than the last UPDATE
        _call.FromCaller("BYE", 5);
        Assert.Equal(200, _call.Response(200).Status);
    }

    [Fact]
    public void Before_its_offer_is_answered_reliably_another_is_refused()
    {
        _call.Dial("11");
        _call.Answer(1, 183, "bob");
        _call.FromCaller("UPDATE", 2, "alice");
        Assert.NotNull(_call.Response(500).Headers.First("Retry-After"));
    }

    [Fact]
    public void An_UPDATE_without_an_offer_moves_the_callers_address_also_before_the_answer()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.FromCaller("UPDATE", 2, extra: "Contact: <sip:alice@127.0.0.9:5070>\r\n");
        Assert.Equal(200, _call.Response(200).Status);
        _call.Answer(1, 200, "bob");
        Assert.NotNull(_call.Response(200).Sdp);
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
    }

    [Fact]
    public void A_caller_that_is_refused_after_an_UPDATE_gets_the_final_response_and_no_BYE()
    {
        _call.Dial("11", extra: WantsReliable);
        _call.Answer(1, 183, "bob");
        _call.FromCaller("UPDATE", 2);
        _call.Take(new CallCommand.NotAcknowledged(_call.Call.Legs[0].Received!.Transaction));
        Assert.Equal(504, _call.Response(504).Status);
        Assert.DoesNotContain(_call.Done<CallEffect.InDialog>(), sent => sent.Leg == 0);
    }

    [Fact] // RFC 3261 §13.2.1
    public void To_an_INVITE_without_an_offer_the_first_reliable_response_makes_ours_and_the_PRACK_answers_it()
    {
        _call.Dial("11", sdp: null, extra: WantsReliable);
        _call.Answer(1, 180);
        Assert.NotNull(_call.Response(180).Sdp);
        _call.FromCaller("UPDATE", 2, "alice");
        Assert.Equal(491, _call.Response(491).Status); // ours is open

        _call.FromCaller("PRACK", 3, "alice", OfFirst);
        Assert.True(_call.Response(200).Body.IsEmpty);
        Assert.Equal(4000, _call.Call.Legs[0].Media!.RemotePort);
        _call.Answer(1, 183, "bob"); // it can be heard already
        Assert.Empty(_call.Done<CallEffect.Respond>());

        _call.Answer(1, 200, "bob");
        Assert.True(_call.Response(200).Body.IsEmpty); // all is settled
        _call.FromCaller("ACK", 1);
        Assert.Equal((CallPhase.Talking, LegPhase.Talking), (_call.Call.Phase, _call.Call.Legs[0].Phase));
    }

    [Fact]
    public void A_PRACK_that_leaves_our_offer_unanswered_leaves_it_to_the_ACK()
    {
        _call.Dial("11", sdp: null, extra: WantsReliable);
        _call.Answer(1, 180);
        _call.FromCaller("PRACK", 2, extra: OfFirst);
        _call.Answer(1, 200, "bob");
        Assert.NotNull(_call.Response(200).Sdp);
        _call.FromCaller("ACK", 1, "alice");
        Assert.True(_call.Call.Legs[0].Media!.Negotiated);
    }

    [Fact] // RFC 3262 §5
    public void A_PRACK_may_make_another_offer_where_the_response_had_our_answer()
    {
        _call.Dial("11", extra: WantsReliable);
        _call.Answer(1, 183, "bob");
        _call.FromCaller("PRACK", 2, "alice:inactive", OfFirst);
        Assert.Equal(SdpDirection.Inactive, _call.Response(200).Sdp!.Audio!.Direction);

        var plain = new CallTable(1);
        plain.Dial("11", extra: WantsReliable);
        plain.Answer(1, 180); // which had none
        plain.FromCaller("PRACK", 2, "alice", OfFirst);
        Assert.Equal(488, plain.Response(488).Status);
    }

    [Fact]
    public void Who_takes_UPDATE_is_refreshed_by_it()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob", "Allow: INVITE, ACK, BYE, UPDATE\r\nRequire: timer\r\nSession-Expires: 600;refresher=uac\r\n");
        _call.FromCaller("ACK", 1);
        var update = Refresh();
        Assert.Contains(("Session-Expires", "600;refresher=uac"), update.Headers);
        Assert.True(update.Body.IsEmpty);

        Updated(200, "Session-Expires: 400;refresher=uac\r\n");
        Assert.Equal(TimeSpan.FromSeconds(200), Assert.Single(_call.Done<CallEffect.StartTimer>()).After);
        Assert.Equal(400, _call.Call.Legs[1].Timer!.IntervalSeconds);

        Refresh();
        Updated(503, "Retry-After: 7\r\n");
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(_call.Done<CallEffect.StartTimer>()).After);
        Refresh();
        Updated(405, "");
        Assert.NotNull(_call.Invite(1)); // then by INVITE
    }

    [Fact]
    public void Who_knows_nothing_of_the_call_any_more_loses_it_by_the_refresh()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob", "Allow: UPDATE\r\n");
        _call.FromCaller("ACK", 1);
        Refresh();
        Updated(481, "");
        Assert.Equal("peer-gone", _call.Call.Cause!.Code);
    }

    CallEffect.InDialog Refresh()
    {
        _call.Take(new CallCommand.Refresh(1));
        Assert.Empty(_call.Done<CallEffect.Invite>());
        return Assert.Single(_call.Done<CallEffect.InDialog>(), sent => sent.Method == SipMethod.Update);
    }

    void Updated(int status, string headers) => _call.AnswerTo(1, SipMethod.Update, status, headers);
}
