using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.ParkingPlaces;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;
using static TeleCube.Actors.Tests.Calls.MeetingCalls;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Parking (PRODUCT §11, <c>*5</c>): 11 parks 10, who waits until somebody dials the place, or 11 is rung back.</summary>
public sealed class ParkingTests
{
    static readonly PlaySource _music = new PlaySource.Tone(ToneKind.Beep);

    readonly MeetingCalls _calls = new();

    /// <summary>10 and 11 talk, and 11 transfers 10 to *5.</summary>
    CallTable Asked(bool byKeys = false)
    {
        var call = _calls.Talk("10", "11");
        if (byKeys)
        {
            foreach (var key in "*5") call.Take(new CallCommand.Media(new MediaEvent.Dtmf(new StreamId(call.Call.Legs[1].Media!.Stream), key, TimeSpan.FromMilliseconds(100)) { Held = true }));
            call.Take(new CallCommand.KeysAreOver(1));
        }
        else
        {
            Refer(call, 1, "*5");
        }

        Assert.Equal(call.Call.Id, call.AllEffects.OfType<CallEffect.Tell>().Select(tell => tell.Message).OfType<ParkingMessage.Take>().Single().Call);
        return call;
    }

    CallTable Parked(bool byKeys = false)
    {
        var call = Asked(byKeys);
        call.Take(new CallCommand.SlotGiven("701"));
        return call;
    }

    static string[] Sipfrags(CallTable call) =>
        [.. call.AllEffects.OfType<CallEffect.InDialog>().Where(request => request.Method == SipMethod.Notify).Select(request => System.Text.Encoding.UTF8.GetString(request.Body.Span))];

    static StreamPlan PlanOf(CallTable call, int leg, PlaySource? prompt = null) =>
        MediaPlan.For(call.Call, null, false, _music, prompt).Single(plan => plan.Stream.Value == call.Call.Legs[leg].Media!.Stream);

    static void TimeIsUp(CallTable call) => call.Take(call.AllEffects.OfType<CallEffect.StartTimer>().Last(timer => timer.Name == ParkedCalls.Timer).Command);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_parked_party_hears_music_and_whoever_parked_it_leaves(bool byKeys)
    {
        var call = Parked(byKeys);
        Assert.Equal(("701", 0, "11"), (call.Call.Parking!.Slot, call.Call.Parking.Leg, call.Call.Parking.Extension));
        Assert.Equal((_music, null), (PlanOf(call, 0).Playing, PlanOf(call, 0).ConnectedTo));
        if (!byKeys) Assert.StartsWith("SIP/2.0 200", Sipfrags(call)[^1], StringComparison.Ordinal);
        if (!byKeys) HangUp(call, 1);
        Assert.Equal(("transferred", CallPhase.Talking), (call.Call.Legs[1].Cause!.Code, call.Call.Phase));
        Assert.True(call.Call.Legs[0].Up);
    }

    [Fact]
    public void The_place_is_spoken_to_whoever_parked_it()
    {
        var call = Asked();
        foreach (var prompt in new[] { "parked-at", "n-7", "n-0", "n-1" }) call.Prompts[prompt] = new PlaySource.Files([$"{prompt}.wav"]);
        call.Take(new CallCommand.SlotGiven("701"));
        Assert.Equal(1, call.Call.Parking!.Tells);
        var spoken = ParkedCalls.Spoken(call.World, call.Call, "701");
        Assert.Equal(["parked-at.wav", "n-7.wav", "n-0.wav", "n-1.wav"], ((PlaySource.Files)spoken!).Paths);
        Assert.Equal((spoken, _music), (PlanOf(call, 1, spoken).Playing, PlanOf(call, 0, spoken).Playing));
        Assert.DoesNotContain(Sipfrags(call), text => text.StartsWith("SIP/2.0 200", StringComparison.Ordinal));

        call.Take(new CallCommand.Media(new MediaEvent.PlayEnded(new StreamId(call.Call.Legs[1].Media!.Stream), new PlayId(1), Completed: true)));
        Assert.StartsWith("SIP/2.0 200", Sipfrags(call)[^1], StringComparison.Ordinal);
        Assert.Null(call.Call.Parking.Tells);
    }

    [Theory]
    [InlineData("701")]
    [InlineData("*5701")]
    [InlineData("*5701#")]
    public void Who_dials_the_place_takes_the_call_up(string dialled)
    {
        var parked = Parked();
        HangUp(parked, 1);
        var taker = _calls.New();
        taker.Dial(dialled, new CallOrigin.Extension("12"));
        _calls.Settle();
        Assert.Equal((taker.Call.Id, null), (parked.Call.Partner!.Call, parked.Call.Parking));
        Assert.Equal(200, taker.AllEffects.OfType<CallEffect.Respond>().Last(respond => respond.Response.CSeq.Method == SipMethod.Invite).Response.Status);
        TimeIsUp(parked);
        Assert.Null(parked.Call.Trying);
        HangUp(taker, 0);
        _calls.Settle();
        Assert.Equal((CallPhase.Over, CallPhase.Over), (taker.Call.Phase, parked.Call.Phase));
    }

    [Theory]
    [InlineData("702")]
    [InlineData("*5702")]
    [InlineData("*5")]
    public void Where_nobody_is_parked_there_is_nobody_to_take_up(string dialled)
    {
        Parked();
        var taker = _calls.New();
        taker.Dial(dialled, new CallOrigin.Extension("12"));
        Assert.Equal("nothing-parked", taker.Call.Cause!.Code);
    }

    [Fact]
    public void Whoever_parked_a_call_is_rung_back_and_talks_again()
    {
        var call = Parked();
        HangUp(call, 1);
        TimeIsUp(call);
        var ring = Assert.IsType<RouteStep.Ring>(call.Call.Trying);
        Assert.Equal(("11", _music), (ring.Extension, PlanOf(call, 0).Playing));
        call.Answer(2, 200, "bob");
        Assert.Equal((new Pair(0, 2), null), (call.Call.Talk, call.Call.Parking));
    }

    [Fact]
    public void A_call_that_nobody_wants_waits_three_times_and_ends()
    {
        var call = Parked();
        HangUp(call, 1);
        foreach (var round in new[] { 1, 2 })
        {
            TimeIsUp(call);
            call.Answer(call.Call.Legs.Length - 1, 486);
            Assert.Equal((round, CallPhase.Talking), (call.Call.Parking!.RingBacks, call.Call.Phase));
        }

        TimeIsUp(call);
        call.Answer(call.Call.Legs.Length - 1, 486);
        Assert.Equal("not-taken-up", call.Call.Cause!.Code);
    }

    [Theory]
    [InlineData(486, "voicemail")]
    [InlineData(302, "voicemail")]
    [InlineData(486, "forward")]
    [InlineData(302, "redirection")]
    public void No_voicemail_and_no_group_of_whoever_parked_it_takes_the_call(int status, string instead)
    {
        var (eleven, group) = (ExtensionNumber.Parse("11"), ExtensionNumber.Parse("20"));
        var call = Parked();
        call.Tenant = call.Tenant with
        {
            RingGroups = call.Tenant.RingGroups.Add(group, new RingGroup(group) { Members = [ExtensionNumber.Parse("12")], RingSeconds = 20, Rounds = 1 }),
            Extensions = call.Tenant.Extensions.SetItem(eleven, call.Tenant.Extensions[eleven] with
            {
                Voicemail = new VoicemailSettings { On = instead == "voicemail" },
                Forwards = instead == "forward" ? new(Busy: new DialledNumber.Internal(group)) : new(),
            }),
        };
        HangUp(call, 1);
        TimeIsUp(call);
        var to = instead == "redirection" ? "20@pbx.test" : "anna@elsewhere.test";
        call.Answer(2, status, extra: status == 302 ? $"Contact: <sip:{to}>\r\n" : "");
        Assert.Equal((1, null, CallPhase.Talking), (call.Call.Parking?.RingBacks, call.Call.Scheme, call.Call.Phase));
        Assert.Equal(3, call.Call.Legs.Length);
    }

    [Fact]
    public void Who_parked_whom_he_had_called_is_shown_that_party_and_not_himself()
    {
        var call = _calls.Talk("10", "11");
        call.Phones["10"] = 1;
        Refer(call, 0, "*5");
        call.Take(new CallCommand.SlotGiven("701"));
        HangUp(call, 0);
        TimeIsUp(call);
        var from = call.Invite(2).Sent.Request.From;
        Assert.Equal(("11", "Biuro 11"), (from.Uri.User, from.DisplayName));
    }

    [Theory]
    [InlineData("+48601234567", "+48601234567", "Infolinia +48601234567")]
    [InlineData(null, "anonymous", "Anonymous")]
    public void And_of_a_customer_what_he_saw_before(string? caller, string number, string name)
    {
        var infoline = E164.Parse("+48943401128");
        var call = _calls.New();
        call.Tenant = call.Tenant with
        {
            PhoneNumbers = call.Tenant.PhoneNumbers.SetItem(
                infoline, new PhoneNumber(infoline) { ForwardTo = new ForwardTarget.ToExtension(ExtensionNumber.Parse("11")), ClipPrefix = "Infolinia" }),
        };
        call.Dial(infoline.Value, new CallOrigin.Trunk("first", infoline, caller, caller is null ? "Jan Nowak" : null));
        call.Answer(1, 200, "bob");
        call.FromCaller("ACK", 1);
        Refer(call, 1, "*5");
        call.Take(new CallCommand.SlotGiven("701"));
        HangUp(call, 1);
        TimeIsUp(call);
        var from = call.Invite(2).Sent.Request.From;
        Assert.Equal((number, name), (from.Uri.User, from.DisplayName));
    }

    [Fact]
    public void While_it_rings_back_others_may_take_it_up()
    {
        var call = Parked();
        HangUp(call, 1);
        TimeIsUp(call);
        var taker = _calls.New();
        taker.Dial("701", new CallOrigin.Extension("12"));
        _calls.Settle();
        Assert.Equal(taker.Call.Id, call.Call.Partner!.Call);
        Assert.Single(call.AllEffects.OfType<CallEffect.CancelInvite>());
    }

    [Fact]
    public void A_restart_leaves_it_parked_and_the_time_runs_on()
    {
        var call = Parked();
        HangUp(call, 1);
        call.Now += TimeSpan.FromSeconds(100);
        call.Restart();
        Assert.Equal(("701", true), (call.Call.Parking!.Slot, call.Call.Legs[0].Up));
        Assert.Equal(TimeSpan.FromSeconds(20), call.AllEffects.OfType<CallEffect.StartTimer>().Last(timer => timer.Name == ParkedCalls.Timer).After);
        TimeIsUp(call);
        Assert.IsType<RouteStep.Ring>(call.Call.Trying);
    }

    [Fact]
    public void A_place_that_was_asked_for_is_asked_for_again_after_a_restart()
    {
        var call = Asked();
        call.Restart();
        Assert.Equal(2, call.AllEffects.OfType<CallEffect.Tell>().Count(tell => tell.Message is ParkingMessage.Take));
        call.Take(new CallCommand.SlotGiven("701"));
        Assert.Equal("701", call.Call.Parking!.Slot);
    }

    [Fact]
    public void Where_no_place_is_free_both_talk_on()
    {
        var call = Asked();
        call.Take(new CallCommand.SlotRefused("every parking place is taken"));
        Assert.StartsWith("SIP/2.0 486", Sipfrags(call)[^1], StringComparison.Ordinal);
        Assert.Equal((new Pair(0, 1), null), (call.Call.Talk, call.Call.Parking));
        call.Take(new CallCommand.SlotGiven("701")); // too late
        Assert.Null(call.Call.Parking);
    }

    [Fact]
    public void A_parked_party_that_hangs_up_ends_the_call()
    {
        var call = Parked();
        HangUp(call, 1);
        HangUp(call, 0, 80);
        Assert.Equal(("hung-up", null), (call.Call.Cause!.Code, call.Call.Parking));
    }

    [Fact]
    public void The_party_of_a_joined_call_is_parked_by_its_own()
    {
        var (first, second) = (_calls.Talk("10", "11"), _calls.Talk("10", "12"));
        Refer(first, 0, "12", PlaceOf(second, 0));
        _calls.Settle();
        Refer(first, 1, "*5", cseq: 70);
        _calls.Settle();
        second.Take(new CallCommand.SlotGiven("702"));
        _calls.Settle();
        Assert.Equal(("702", 1, "11"), (second.Call.Parking!.Slot, second.Call.Parking.Leg, second.Call.Parking.Extension));
        Assert.Equal((CallPhase.Talking, CallPhase.Over), (second.Call.Phase, first.Call.Phase));
    }
}
