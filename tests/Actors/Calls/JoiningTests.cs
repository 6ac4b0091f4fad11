using System.Text;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;
using static TeleCube.Actors.Tests.Calls.MeetingCalls;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Two calls become one conversation: REFER with Replaces, and INVITE with Replaces (RFC 3891). Extension 10 is the one who connects the others.</summary>
public sealed class JoiningTests
{
    readonly MeetingCalls _calls = new();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void An_attended_transfer_connects_the_other_two_whoever_called_whom(bool calledFirst, bool calledSecond)
    {
        var (held, talks, kept, target) = Transfer(calledFirst, calledSecond);

        Assert.Equal((new Partner(talks.Call.Id, target), kept), (held.Call.Partner, held.Call.Waiting));
        Assert.Equal((new Partner(held.Call.Id, kept), target), (talks.Call.Partner, talks.Call.Waiting));
        Assert.Contains("SIP/2.0 200", Sipfrags(held)[^1], StringComparison.Ordinal);
        Assert.Contains(talks.AllEffects.OfType<CallEffect.InDialog>(), request => request.Leg == 1 - target && request.Method == SipMethod.Bye);
        AreConnected(held, kept, talks, target);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_transferor_leaves_by_itself_or_is_hung_up_on(bool byItself)
    {
        var (held, _, kept, _) = Transfer();
        if (byItself) HangUp(held, 1 - kept);
        else held.Take(held.AllEffects.OfType<CallEffect.StartTimer>().Single(timer => timer.Name == "transferor").Command);
        _calls.Settle();
        Assert.Equal(("transferred", CallPhase.Talking), (held.Call.Legs[1 - kept].Cause!.Code, held.Call.Phase));
        Assert.True(held.Call.Legs[kept].Up);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_of_either_ends_both_and_each_record_shows_the_other(bool byKept)
    {
        var (held, talks, kept, target) = Transfer();
        HangUp(held, 1 - kept);
        Pass(held, talks, 30);
        HangUp(byKept ? held : talks, byKept ? kept : target, 70);
        _calls.Settle();

        var (first, second) = (Record(held), Record(talks));
        Assert.Equal((talks.Call.Id.Value, held.Call.Id.Value), (first.JoinedWith, second.JoinedWith));
        Assert.Equal(("answered", "hung-up", 30), (first.Disposition, first.Cause.Code, first.DurationSeconds));
        Assert.Equal(("answered", "hung-up", 30), (second.Disposition, second.Cause.Code, second.DurationSeconds));
        Assert.Equal(["transferred", "hung-up"], first.Legs.Select(leg => leg.Cause.Code).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal("transferred", second.Legs[1 - target].Cause.Code);
    }

    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("INFO")]
    public void What_one_phone_sends_the_other_within_the_conversation_reaches_it_in_its_own_call(string method)
    {
        var calls = new MeetingCalls();
        var rings = calls.Ring("10", "12");
        var taker = calls.New();
        taker.Dial("**12", new CallOrigin.Extension("11"));
        calls.Settle();
        taker.FromCaller("ACK", 1);

        taker.FromCaller(method, 2, extra: "Content-Type: text/plain\r\n", body: "hello");
        Assert.Empty(taker.Done<CallEffect.Respond>()); // the other phone answers
        calls.Settle();
        var passed = Assert.Single(rings.Done<CallEffect.InDialog>());
        Assert.Equal((0, method, "text/plain", "hello"), (passed.Leg, passed.Method.Name, passed.ContentType, Encoding.UTF8.GetString(passed.Body.Span)));
        Assert.IsType<PassedOn>(passed.Context);

        HangUp(rings, 0);
        calls.Forget();
        taker.FromCaller(method, 3, extra: "Content-Type: text/plain\r\n", body: "hello");
        calls.Settle();
        Assert.Equal(480, rings.Response(480).Status); // who is gone is answered for, too
    }

    [Fact]
    public void A_replaces_that_names_no_call_fails_and_everybody_talks_on()
    {
        var (held, talks) = (_calls.Talk("10", "11"), _calls.Talk("10", "12"));
        Refer(held, 0, "12", "who@knows;to-tag=a;from-tag=b");
        _calls.Settle();
        Assert.Contains("SIP/2.0 481", Sipfrags(held)[^1], StringComparison.Ordinal);
        TalkOn(held, talks);
    }

    [Theory]
    [InlineData("to-tag=")]
    [InlineData("from-tag=")]
    [InlineData("call")]
    public void All_of_call_id_and_tags_must_be_right(string wrong)
    {
        var (held, talks) = (_calls.Talk("10", "11"), _calls.Talk("10", "12"));
        var replaces = PlaceOf(talks, 0);
        Refer(held, 0, "12", wrong == "call" ? "x" + replaces : replaces.Replace(wrong, wrong + "0", StringComparison.Ordinal));
        _calls.Settle();
        Assert.Contains("SIP/2.0 481", Sipfrags(held)[^1], StringComparison.Ordinal);
        TalkOn(held, talks);
    }

    [Fact]
    public void The_call_of_another_tenant_is_never_matched()
    {
        var (held, talks) = (_calls.Talk("10", "11"), _calls.Talk("10", "12"));
        var foreign = held.Sip.Tags.For(new TenantId("innafirma1"), talks.Call.Id, 0);
        Refer(held, 0, "12", $"from-alice;to-tag={foreign};from-tag=alice");
        Assert.DoesNotContain(held.Told, told => told.Message is CallCommand.Join);
        Assert.Contains("SIP/2.0 481", Sipfrags(held)[^1], StringComparison.Ordinal);

        var intruder = TakeOver($"from-alice;to-tag={foreign};from-tag=alice");
        Assert.Equal(481, intruder.Response(481).Status);
        Assert.DoesNotContain(intruder.Told, told => told.Message is CallCommand.Join);
        TalkOn(held, talks);
    }

    [Fact]
    public void A_trunk_takes_over_no_call()
    {
        var talks = _calls.Talk("10", "12");
        var carrier = TakeOver(PlaceOf(talks, 0), new CallOrigin.Trunk("first", E164.Parse("+48943401128"), "+48600100200", null));
        Assert.Equal(481, carrier.Response(481).Status);
        Assert.Equal(new Pair(0, 1), talks.Call.Talk);
    }

    [Fact]
    public void An_invite_with_replaces_takes_the_place_of_a_talking_phone()
    {
        var talks = _calls.Talk("10", "12");
        var taker = TakeOver(PlaceOf(talks, 0));
        Assert.Contains(taker.AllEffects.OfType<CallEffect.Respond>(), respond => respond.Response is { Status: 200 });
        Assert.Equal(("transferred", true), (talks.Call.Legs[0].Cause!.Code, talks.Call.Legs[1].Up));
        AreConnected(taker, 0, talks, 1);

        taker.FromCaller("ACK", 1);
        Pass(taker, talks, 200);
        taker.Take(new CallCommand.GiveUpSetup());
        Assert.Equal(CallPhase.Talking, taker.Call.Phase);
        HangUp(taker, 0);
        _calls.Settle();
        Assert.Equal(("answered", 200, CallDirection.Internal), (Record(taker).Disposition, Record(taker).DurationSeconds, Record(taker).Direction));
        Assert.Equal(("answered", "hung-up"), (Record(talks).Disposition, Record(talks).Cause.Code));
    }

    [Fact]
    public void An_invite_with_replaces_picks_up_what_rings_elsewhere()
    {
        var rings = _calls.Ring("10", "12");
        var taker = TakeOver(PlaceOf(rings, 1));
        Assert.Contains("Call completed elsewhere", Assert.Single(rings.AllEffects.OfType<CallEffect.CancelInvite>()).Headers[0].Value, StringComparison.Ordinal);
        Assert.Contains(rings.AllEffects.OfType<CallEffect.Respond>(), respond => respond.Response is { Status: 200 });
        AreConnected(taker, 0, rings, 0);
        rings.Take(new CallCommand.GiveUpRinging(1));
        HangUp(rings, 0);
        _calls.Settle();
        Assert.Equal(("answered", "answered"), (Record(rings).Disposition, Record(taker).Disposition));
    }

    [Fact]
    public void Who_wants_early_dialogs_only_is_busy_when_it_was_answered()
    {
        var talks = _calls.Talk("10", "12");
        Assert.Equal(486, TakeOver(PlaceOf(talks, 1) + ";early-only").Response(486).Status);
        Assert.Equal(new Pair(0, 1), talks.Call.Talk);
    }

    [Fact]
    public void A_dialog_that_is_over_is_declined()
    {
        var talks = _calls.Talk("10", "12");
        var place = PlaceOf(talks, 0);
        HangUp(talks, 1);
        Assert.Equal(603, TakeOver(place).Response(603).Status);
    }

    [Fact]
    public void The_caller_of_a_ringing_call_keeps_its_place()
    {
        var rings = _calls.Ring("10", "12");
        var tag = rings.Call.Legs[0].LocalTag;
        Assert.Equal(481, TakeOver($"from-alice;to-tag={tag};from-tag=alice").Response(481).Status);
        Assert.Equal(CallPhase.Setup, rings.Call.Phase);
    }

    [Fact]
    public void A_call_that_never_answers_the_question_is_given_up()
    {
        var (held, talks) = (_calls.Talk("10", "11"), _calls.Talk("10", "12"));
        Refer(held, 0, "12", PlaceOf(talks, 0));
        _calls.Forget();
        held.Take(held.Done<CallEffect.StartTimer>().Single(timer => timer.Name == "join").Command);
        Assert.Contains("SIP/2.0 500", Sipfrags(held)[^1], StringComparison.Ordinal);
        TalkOn(held, talks);
    }

    [Fact]
    public void An_agreement_that_comes_too_late_sets_the_other_free()
    {
        var (held, talks) = (_calls.Talk("10", "11"), _calls.Talk("10", "12"));
        Refer(held, 0, "12", PlaceOf(talks, 0));
        HangUp(held, 1, 60);
        _calls.Settle();
        Assert.Equal((CallPhase.Over, CallPhase.Over), (held.Call.Phase, talks.Call.Phase));
    }

    [Fact]
    public void Hold_is_told_to_the_other_call_but_not_the_transferors()
    {
        var (held, talks, kept, target) = Transfer();
        held.FromCallee(kept, "INVITE", 70, "bob:sendonly");
        var told = Assert.IsType<CallCommand.PartnerMedia>(Assert.Single(held.Told).Message);
        Assert.Equal((held.Call.Id, true), (told.From, told.Held));
        Assert.NotNull(MediaPlan.For(talks.Call, told.Stream, told.Held, new PlaySource.Tone(ToneKind.Beep)).Single(plan => plan.Stream.Value == talks.Call.Legs[target].Media!.Stream).Playing);

        _calls.Settle();
        held.FromCaller("INVITE", 71, "alice:sendonly");
        Assert.Empty(held.Told);
    }

    [Fact]
    public void Hold_over_the_api_is_told_as_well()
    {
        var (held, _, kept, _) = Transfer();
        held.Take(new CallCommand.Hold(null, true));
        Assert.True(Assert.IsType<CallCommand.PartnerMedia>(Assert.Single(held.Told).Message).Held);
        Assert.True(held.Call.Legs[kept].HeldByUs);
    }

    [Fact]
    public void A_key_by_info_reaches_the_other_call()
    {
        var (held, talks, kept, target) = Transfer();
        held.Take(new CallCommand.Request(kept, new("t-info"), Key(held, kept), CallTable.Flow));
        _calls.Settle();
        var sent = Assert.IsType<MediaCommand.SendDtmf>(Assert.Single(talks.Done<CallEffect.Media>()).Command);
        Assert.Equal((talks.Call.Legs[target].Media!.Stream, "5"), (sent.Stream.Value, sent.Digits));
    }

    [Fact]
    public void A_refused_offer_does_not_unsettle_a_joined_call()
    {
        var (held, talks, _, _) = Transfer();
        var before = talks.Call;
        var other = _calls.Talk("10", "12");
        Refer(other, 0, "12", PlaceOf(held, 0)); // the transferor's own place in the joined call is nobody's any more
        _calls.Settle();
        Assert.Contains("SIP/2.0 481", Sipfrags(other)[^1], StringComparison.Ordinal);
        Assert.Equal(before, talks.Call);
    }

    [Fact]
    public void Every_history_of_joined_calls_survives_the_journal()
    {
        var (held, talks, kept, _) = Transfer();
        Refer(held, kept, "13", cseq: 80);
        _calls.Settle();
        HangUp(held, kept, 81);
        _calls.Settle();
        Assert.Contains(talks.Events, happened => happened is CallEvent.PartnerLeft);
        var registry = new EventRegistry().AddCallEvents();
        foreach (var happened in held.Events.Concat(talks.Events))
        {
            var (type, version, payload) = registry.Encode(happened);
            Assert.Equal(payload, registry.Encode(registry.Decode(type, version, payload)).Payload);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_lost_in_a_restart_is_asked_or_agreed_again(bool asked)
    {
        var (held, talks) = (_calls.Talk("10", "11"), _calls.Talk("10", "12"));
        Refer(held, 0, "12", PlaceOf(talks, 0));
        if (asked) talks.Take((CallCommand)held.Told.Dequeue().Message);
        _calls.Forget();
        talks.Restart();
        held.Restart();
        _calls.Settle();
        Assert.Equal((talks.Call.Id, held.Call.Id), (held.Call.Partner?.Call, talks.Call.Partner?.Call));
        Assert.Contains("SIP/2.0 200", Sipfrags(held)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_take_over_that_was_lost_in_a_restart_is_asked_again()
    {
        var talks = _calls.Talk("10", "12");
        var taker = _calls.New();
        taker.Dial("12", new CallOrigin.Extension("11"), $"Replaces: {PlaceOf(talks, 0)}\r\n");
        _calls.Forget();
        taker.Restart();
        _calls.Settle();
        AreConnected(taker, 0, talks, 1);
    }

    [Fact]
    public void Joined_calls_tell_each_other_their_new_streams_after_a_restart()
    {
        var (held, talks, kept, target) = Transfer();
        held.Restart();
        var told = Assert.IsType<CallCommand.PartnerMedia>(Assert.Single(held.Told).Message);
        Assert.Equal(held.Call.Legs[kept].Media!.Stream, told.Stream.Value);
        Assert.Single(held.Done<CallEffect.StartTimer>(), timer => timer.Command == new CallCommand.DropTransferor(1 - kept));
        talks.Restart();
        _calls.Settle();
        Assert.Equal((CallPhase.Talking, CallPhase.Talking), (held.Call.Phase, talks.Call.Phase));
        AreConnected(held, kept, talks, target);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_whose_partner_ended_unheard_in_a_crash_ends_too(bool closed)
    {
        var (held, talks, kept, _) = Transfer();
        HangUp(held, kept, 70);
        _calls.Forget();
        if (closed) held.Close();
        else held.Restart();
        talks.Restart();
        _calls.Settle();
        Assert.Equal(CallPhase.Over, talks.Call.Phase);
    }

    (CallTable Held, CallTable Talks, int Kept, int Target) Transfer(bool calledFirst = true, bool calledSecond = true)
    {
        var held = calledFirst ? _calls.Talk("10", "11") : _calls.Talk("11", "10");
        var talks = calledSecond ? _calls.Talk("10", "12") : _calls.Talk("12", "10");
        var (own, place) = (calledFirst ? 0 : 1, calledSecond ? 0 : 1);
        Refer(held, own, "12", PlaceOf(talks, place));
        Assert.Equal(202, held.Response(202).Status);
        _calls.Settle();
        return (held, talks, 1 - own, 1 - place);
    }

    CallTable TakeOver(string replaces, CallOrigin? origin = null)
    {
        var taker = _calls.New();
        taker.Dial("12", origin ?? new CallOrigin.Extension("11"), $"Replaces: {replaces}\r\n");
        _calls.Settle();
        return taker;
    }

    static void TalkOn(params CallTable[] calls) =>
        Assert.All(calls, call => Assert.Equal((new Pair(0, 1), null, null), (call.Call.Talk, call.Call.Partner, call.Call.Transfer)));

    /// <summary>The media plan of each call connects its leg, and no other, with the other call's.</summary>
    static void AreConnected(CallTable a, int legOfA, CallTable b, int legOfB)
    {
        foreach (var (call, own, other, leg) in new[] { (a, legOfA, b, legOfB), (b, legOfB, a, legOfA) })
        {
            var partner = new StreamId(other.Call.Legs[leg].Media!.Stream);
            var plans = MediaPlan.For(call.Call, partner, false, new PlaySource.Tone(ToneKind.Beep));
            Assert.Equal(call.Call.Legs[own].Media!.Stream, Assert.Single(plans, plan => plan.ConnectedTo is not null).Stream.Value);
            Assert.Equal(partner, plans.Single(plan => plan.ConnectedTo is not null).ConnectedTo);
            Assert.Equal(new Partner(other.Call.Id, leg), call.Call.Partner);
        }
    }

    static void Pass(CallTable a, CallTable b, int seconds)
    {
        a.Now += TimeSpan.FromSeconds(seconds);
        b.Now += TimeSpan.FromSeconds(seconds);
    }

    static SipRequest Key(CallTable call, int leg)
    {
        var dialog = call.Call.Legs[leg].Dialog!;
        var info = new SipRequest(SipMethod.Info, Sip.Headers.SipUri.Parse("sip:telecube@127.0.0.1"))
        {
            From = dialog.Remote.WithTag(dialog.RemoteTag!),
            To = dialog.Local.WithTag(dialog.LocalTag),
            CallId = dialog.CallId,
            CSeq = new(70, SipMethod.Info),
        };
        info.SetBody("application/dtmf-relay", Encoding.ASCII.GetBytes("Signal=5\r\nDuration=160\r\n"));
        return info;
    }

    static Cdr Record(CallTable call) => call.Events.OfType<CallEvent.Ended>().Single().Cdr;

    static List<string> Sipfrags(CallTable call) =>
        [.. call.AllEffects.OfType<CallEffect.InDialog>().Where(request => request.Method == SipMethod.Notify).Select(request => Encoding.UTF8.GetString(request.Body.Span))];
}
