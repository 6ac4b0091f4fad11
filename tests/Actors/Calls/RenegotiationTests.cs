using System.Net;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Trunks;
using TeleCube.Media.Messages;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;
using TeleCube.Sip.Transactions;
using CallId = TeleCube.Actors.Calls.Model.CallId;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What two peers settle anew within a call: session timers (RFC 4028), glare (RFC 3261 §14), challenges of a re-INVITE, Replaces (RFC 3891).</summary>
public sealed class RenegotiationTests
{
    readonly CallTable _call = new();

    [Fact]
    public void A_first_INVITE_that_asks_for_too_short_a_session_gets_422_with_ours()
    {
        _call.Dial("11", extra: "Supported: timer\r\nSession-Expires: 60\r\n");
        Assert.Equal("90", _call.Response(422).Headers.First("Min-SE"));
        Assert.Empty(_call.Events);
    }

    [Fact]
    public void An_emergency_call_is_never_refused_for_its_session_timer()
    {
        _call.Dial("112", extra: "Supported: timer\r\nSession-Expires: 60\r\n");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 200, "bob");
        Assert.Null(_call.Response(200).Get<SessionExpires>());
        Assert.Null(_call.Call.Legs[0].Timer);
    }

    [Fact]
    public void A_peer_that_knows_the_timer_refreshes_and_is_given_up_in_time()
    {
        _call.Dial("11", extra: "Supported: timer\r\nSession-Expires: 600\r\n");
        _call.Answer(1, 200, "bob");
        Assert.Equal("600;refresher=uac", _call.Response(200).Headers.First("Session-Expires"));
        Assert.True(_call.Response(200).Requires("timer"));
        var expire = Assert.Single(_call.Done<CallEffect.StartTimer>(), timer => timer.Command is CallCommand.Expire);
        Assert.Equal(TimeSpan.FromSeconds(568), expire.After);
    }

    [Fact]
    public void A_refresh_that_is_too_short_for_the_peer_is_tried_again_with_what_it_wants()
    {
        Talk();
        _call.Take(new CallCommand.Refresh(1));
        _call.Answer(1, 422, extra: "Min-SE: 3600\r\n");
        var again = _call.Invite(1).Sent.Request;
        Assert.Equal(("3600;refresher=uac", "3600"), (again.Headers.First("Session-Expires"), again.Headers.First("Min-SE")));
        Assert.True(again.CSeq.Number > 2);
        Assert.NotNull(again.To.Tag);
    }

    [Fact]
    public void A_carrier_may_challenge_a_refresh_once()
    {
        _call.Trunks = [_call.Trunks[0] with { Outbound = new TrunkCredentials("firma", "sekret") }];
        _call.Dial("222333444");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        _call.Take(new CallCommand.Refresh(1));
        _call.Answer(1, 407, extra: Challenge);
        Assert.Contains("username=\"firma\"", _call.Invite(1).Sent.Request.Headers.First("Proxy-Authorization"), StringComparison.Ordinal);

        _call.Answer(1, 407, extra: Challenge);
        Assert.Empty(_call.Done<CallEffect.Invite>());
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
        Assert.Contains(_call.Done<CallEffect.StartTimer>(), timer => timer.Command is CallCommand.Refresh);
    }

    [Fact]
    public void Reliable_early_media_may_be_moved_by_UPDATE_and_the_2xx_need_not_repeat_it()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.FromCallee(1, "UPDATE", 1, "bob");
        Assert.NotNull(_call.Response(491)); // our offer waits for its answer

        _call.Answer(1, 183, "bob", "Require: 100rel\r\nRSeq: 1\r\n");
        _call.FromCallee(1, "UPDATE", 2, "bob");
        Assert.NotNull(_call.Response(200).Sdp);

        _call.Answer(1, 200);
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
    }

    [Fact]
    public void A_2xx_without_a_description_after_plain_ringing_is_no_answer()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.Answer(1, 200);
        Assert.Equal("no-common-codec", _call.Call.Cause!.Code);
    }

    [Fact]
    public void No_INVITE_of_ours_begins_while_one_of_the_peer_is_open()
    {
        Talk();
        _call.FromCaller("INVITE", 2, "alice");
        _call.Take(new CallCommand.Refresh(0));
        Assert.Empty(_call.Done<CallEffect.Invite>());
        _call.Take(new CallCommand.Reinvite(0));
        Assert.Empty(_call.Done<CallEffect.Invite>());
        Assert.Contains(_call.Done<CallEffect.StartTimer>(), timer => timer.Command is CallCommand.Reinvite);

        _call.FromCaller("ACK", 2);
        _call.Take(new CallCommand.Reinvite(0));
        Assert.Single(_call.Done<CallEffect.Invite>());
    }

    [Fact]
    public void Audio_is_believed_from_where_the_peer_is_signalled_from_and_of_strangers_not_before_the_answer()
    {
        _call.Dial("11");
        Assert.Equal(("127.0.0.2", false), Believed(0));
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        Assert.Equal(("127.0.0.2", true), Believed(0));

        var (home, away) = (CallTable.Flow, CallTable.Flow with { Remote = new(IPAddress.Parse("127.0.0.99"), 5062) }); // a mobile that has left the Wi-Fi
        foreach (var (cseq, flow) in new[] { (2u, away), (3u, home), (4u, away) })
        {
            _call.CallerFlow = flow;
            _call.FromCaller("INVITE", cseq, "alice");
            _call.FromCaller("ACK", cseq);
            Assert.Equal(($"{flow.Remote.Address}", true), Believed(0));
        }

        _call.Restart();
        Assert.Equal(("127.0.0.99", true), Believed(0));

        (string? Host, bool Answered) Believed(int leg)
        {
            var plans = MediaPlan.For(_call.Call, null, false, new PlaySource.Tone(ToneKind.Beep));
            var remote = plans.Single(plan => plan.Stream.Value == _call.Call.Legs[leg].Media!.Stream).Format!.Remote!;
            return ($"{remote.Signalling}", remote.Answered);
        }
    }

    [Theory] // leg 0 came with the caller's Call-ID, leg 1 went out with ours
    [InlineData(0, 0, 2000)]
    [InlineData(1, 2100, 4000)]
    public void After_glare_the_owner_of_the_Call_ID_waits_longer(int leg, int least, int most)
    {
        Talk();
        _call.Take(new CallCommand.Refresh(leg));
        _call.Answer(leg, 491);
        var again = Assert.Single(_call.Done<CallEffect.StartTimer>(), timer => timer.Command is CallCommand.Reinvite);
        Assert.InRange(again.After.TotalMilliseconds, least, most);
    }

    [Fact]
    public void A_peer_that_is_overloaded_keeps_its_call_and_is_asked_again_when_it_says()
    {
        Talk();
        _call.Take(new CallCommand.Refresh(1));
        _call.Answer(1, 503, extra: "Retry-After: 7\r\n");
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
        var again = Assert.Single(_call.Done<CallEffect.StartTimer>(), timer => timer.Command is CallCommand.Reinvite);
        Assert.Equal(TimeSpan.FromSeconds(7), again.After);
    }

    [Theory]
    [InlineData(TransactionFailure.Timeout)]
    [InlineData(TransactionFailure.Transport)]
    public void A_peer_that_does_not_answer_at_all_is_gone(TransactionFailure why)
    {
        Talk();
        _call.Take(new CallCommand.Refresh(1));
        _call.Take(new CallCommand.Unanswered(1, _call.Call.Legs[1].Sent!.Seed, SipMethod.Invite, why));
        Assert.Equal("peer-gone", _call.Call.Cause!.Code);
    }

    [Theory]
    [InlineData("INVITE", 491)]
    [InlineData("UPDATE", 491)]
    public void An_offer_that_meets_ours_is_refused(string method, int status)
    {
        Talk();
        _call.Take(new CallCommand.Refresh(0));
        _call.FromCaller(method, 2, "alice");
        Assert.Equal(status, _call.Response(status).Status);
    }

    [Fact]
    public void An_UPDATE_without_an_offer_refreshes_whatever_is_open()
    {
        Talk();
        _call.Take(new CallCommand.Refresh(0));
        _call.FromCaller("UPDATE", 2);
        Assert.Equal(200, _call.Response(200).Status);
    }

    [Fact]
    public void An_UPDATE_with_an_offer_waits_for_the_answer_to_a_late_one()
    {
        _call.Dial("11", sdp: null);
        _call.Answer(1, 200, "bob");
        _call.FromCaller("UPDATE", 2, "alice");
        Assert.Equal(491, _call.Response(491).Status);
    }

    [Theory] // what a Replaces for the caller's dialog says, and why it is refused
    [InlineData("from-alice", "alice", false, null)]
    [InlineData("from-alice", "alice", true, 486)]
    [InlineData("from-alice", "mallory", false, 481)]
    [InlineData("from-elsewhere", "alice", false, 481)]
    public void A_call_is_joined_only_by_who_names_its_dialog_exactly(string callId, string fromTag, bool earlyOnly, int? refusal)
    {
        Talk();
        _call.Take(Join(new Replaces(callId, _call.Call.Legs[0].LocalTag, fromTag, earlyOnly)));
        Assert.Equal(refusal, Answer<CallCommand.JoinRefused>()?.Status);
        Assert.Equal(refusal is null, Answer<CallCommand.JoinAccepted>() is not null);
    }

    [Fact]
    public void A_leg_that_has_hung_up_cannot_be_replaced()
    {
        _call.Phones["11"] = 2;
        _call.Dial("11");
        _call.Answer(1, 180);
        var ringing = _call.Call.Legs[1];
        _call.Answer(2, 200, "bob");
        _call.Take(Join(new Replaces(ringing.Dialog!.CallId, ringing.LocalTag, ringing.Dialog.RemoteTag!)) with { Replaced = 1 });
        Assert.Equal(603, Answer<CallCommand.JoinRefused>()!.Status);
    }

    const string Challenge = "Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"\r\n";

    static CallCommand.Join Join(Replaces replaces) => new(new CallId("01hyyyyyyyyyyyyyyyyyyyyyyy"), 0, 0, replaces, default);

    T? Answer<T>() where T : CallCommand => _call.Done<CallEffect.Tell>().Select(tell => tell.Message).OfType<T>().SingleOrDefault();

    void Talk()
    {
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
    }
}
