using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Media.Messages;
using static TeleCube.Actors.Tests.Calls.QueueSpec;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>The distributor offers a caller to consultants, who ring together; the call says what became of it, once.</summary>
public sealed class QueueOfferTests
{
    readonly QueueSpec _spec = new();

    CallTable Table => _spec.Table;

    [Fact]
    public void The_consultants_of_an_offer_ring_together_while_the_caller_hears_music()
    {
        _spec.CallIn();
        _spec.Offer(7, Anna, Cezary);
        _spec.Grant(line: 1);
        Assert.Equal([Anna, Cezary], _spec.Ringing);
        Table.Answer(_spec.LegOf(Anna), 183, "bob"); // its early media is not for the caller
        Assert.Equal("music", _spec.HeardFiles());
        Assert.Null(_spec.Plan().Single(plan => plan.Stream == _spec.Stream(0)).ConnectedTo);

        Table.Answer(_spec.LegOf(Cezary), 200, "bob");
        Assert.Equal(new Pair(0, _spec.LegOf(Cezary)), _spec.Call.Talk);
        Assert.Equal(EndCause.Elsewhere, _spec.Call.Legs[_spec.LegOf(Anna)].Cause);
        Assert.Equal([new DistributorCommand.Answered(_spec.Ticket, Number, 7, Cezary, Table.Now)], _spec.Told);
        Assert.Null(_spec.HeardFiles());
    }

    [Fact]
    public void The_second_of_two_who_answer_is_let_go()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna, Basia);
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        Table.Answer(_spec.LegOf(Basia), 200, "bob");
        Assert.Equal(new Pair(0, _spec.LegOf(Anna)), _spec.Call.Talk);
        Assert.Single(Table.Done<CallEffect.HangUpFork>());
        Assert.Single(_spec.AllTold.OfType<DistributorCommand.Answered>());
    }

    [Fact]
    public void When_none_takes_it_the_distributor_hears_of_each_why_and_the_caller_waits_on()
    {
        Table.BusyExtensions.Add("12");
        Table.Tenant = Table.Tenant with { Extensions = Table.Tenant.Extensions.SetItem(ExtensionNumber.Parse("12"), new(ExtensionNumber.Parse("12")) { CallWaiting = false }) };
        _spec.CallIn();
        _spec.Offer(3, Anna, Basia, Cezary);
        _spec.Grant(line: 1);
        Table.Answer(_spec.LegOf(Anna), 603);
        Assert.Equal(new MissedOffer(Anna, "declined"), Assert.IsType<DistributorCommand.Declined>(Assert.Single(_spec.Told)).By); // free for others at once
        Table.Answer(_spec.LegOf(Cezary), 180);
        _spec.RingingIsOver();

        var failed = Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told));
        Assert.Equal((3, Table.Now), (failed.Offer, failed.At));
        Assert.Equal<MissedOffer>([new(Basia, "busy"), new(Anna, "declined"), new(Cezary, "no-answer")], failed.Missed);
        Assert.Equal((null, "music"), (_spec.Wait!.Offer, _spec.HeardFiles()));
        Assert.Empty(_spec.Ringing);

        Table.Now += TimeSpan.FromSeconds(5);
        _spec.Offer(4, Anna);
        Assert.Equal([Anna], _spec.Ringing);
    }

    [Fact]
    public void Where_nobody_can_be_rung_the_offer_has_failed_at_once()
    {
        Table.Phones.Clear();
        _spec.CallIn();
        _spec.Offer(1, Anna, ConsultantId.Parse("external:gone"));
        Assert.Equal<MissedOffer>([new(Anna, "unreachable"), new(ConsultantId.Parse("external:gone"), "no-such-number")], Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
    }

    [Theory]
    [InlineData("busy", "busy")]
    [InlineData("no-answer", null)]
    [InlineData("do-not-disturb", "do-not-disturb")]
    public void Where_a_forward_is_followed_the_next_phone_does_not_send_the_caller_on_when_it_is_busy_or_silent(string state, string? missed)
    {
        var (anna, next, voicemail) = (ExtensionNumber.Parse("11"), ExtensionNumber.Parse("10"), new DialledNumber.Internal(ExtensionNumber.Parse("12")));
        _spec.Set(queue => queue with { FollowForwards = true });
        Table.Phones["10"] = 1;
        Table.Tenant = Table.Tenant with
        {
            Extensions = Table.Tenant.Extensions
                .SetItem(anna, new(anna) { Forwards = new Actors.Tenants.ExtensionForwards(Unconditional: new DialledNumber.Internal(next)) })
                .SetItem(next, new(next) { CallWaiting = false, DoNotDisturb = state == "do-not-disturb", Forwards = new Actors.Tenants.ExtensionForwards(Busy: voicemail, NoAnswer: voicemail, Unreachable: voicemail) }),
        };
        if (state == "busy") Table.BusyExtensions.Add("10");
        _spec.CallIn();
        _spec.Offer(1, Anna);
        if (missed is not null)
        {
            Assert.Equal<MissedOffer>([new(Anna, missed)], Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
            return;
        }

        Assert.Equal(new Party.Phone("10"), _spec.Call.Legs[^1].Party);
        Table.Answer(_spec.LegOf(Anna), 180);
        _spec.RingingIsOver();
        Assert.Equal<MissedOffer>([new(Anna, "no-answer")], Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
        Assert.Empty(_spec.Ringing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mobile_to_which_a_consultant_forwards_is_asked_to_press_1(bool takes)
    {
        var anna = ExtensionNumber.Parse("11");
        _spec.Set(queue => queue with { FollowForwards = true });
        Table.Tenant = Table.Tenant with
        {
            Extensions = Table.Tenant.Extensions.SetItem(anna, new(anna) { Forwards = new(Unconditional: new DialledNumber.Public(E164.Parse("+48501000009"))) }),
        };
        _spec.CallIn();
        _spec.Offer(1, Anna);
        _spec.Grant(line: 0);
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        Assert.Equal((true, null), (_spec.Call.Legs[1].AwaitsKey, _spec.Call.Talk)); // its voicemail may have answered
        if (takes) _spec.Press(1, '1');
        else Table.Take(new CallCommand.GiveUpKey(1));
        Assert.Equal(takes ? new Pair(0, 1) : null, _spec.Call.Talk);
        if (!takes) Assert.Equal<MissedOffer>([new(Anna, "not-accepted")], Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
    }

    [Fact]
    public void A_repeated_offer_rings_nobody_twice_and_a_failed_one_is_told_again()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna);
        _spec.Offer(1, Anna);
        Assert.Empty(Table.Effects);
        _spec.RingingIsOver();
        var legs = _spec.Call.Legs.Length;
        _spec.Offer(1, Anna);
        Assert.Equal(legs, _spec.Call.Legs.Length);
        Assert.Equal(1, Assert.Single(_spec.Told.OfType<DistributorCommand.OfferFailed>()).Offer);
    }

    [Fact]
    public void Each_number_outside_falls_back_to_its_next_trunk_by_itself()
    {
        _spec.CallIn();
        _spec.Offer(1, Cezary, Dorota);
        Table.Take(new CallCommand.ChannelRefused("first", _spec.Call.Step, "trunk-full", 1));
        _spec.Grant(line: 0);
        _spec.Grant(line: 1, "second");
        Assert.Equal(("first", "second"), (_spec.Call.Legs[_spec.LegOf(Cezary)].ChannelOf, _spec.Call.Legs[_spec.LegOf(Dorota)].ChannelOf));

        Table.Answer(_spec.LegOf(Cezary), 503);
        Assert.Contains("/1", Assert.IsType<Actors.Trunks.TrunkMessage.SeizeChannel>(Table.Done<CallEffect.Tell>().Last().Message).Leg, StringComparison.Ordinal);
        _spec.Grant(line: 0, "second");
        Assert.Equal(2, _spec.Ringing.Count());
        Assert.Equal(_spec.Call.Legs.Length, _spec.Call.Legs.Select(leg => leg.ChannelKey ?? $"{leg.Number}").Distinct().Count());
    }

    [Fact]
    public void A_channel_that_comes_when_another_has_answered_is_given_back()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna, Cezary);
        var key = ChannelName.Of(_spec.Call, 0, 1);
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        Table.Take(new CallCommand.ChannelGranted("first", _spec.Call.Step, 1) { Key = key });
        Assert.Equal(new Actors.Trunks.TrunkMessage.ReleaseChannel(key), Assert.Single(Table.Done<CallEffect.Tell>()).Message);
        Assert.Equal(2, _spec.Call.Legs.Length);
    }

    [Fact]
    public void A_restart_keeps_the_place_and_an_offer_under_way_goes_on()
    {
        _spec.CallIn();
        var since = Table.Now;
        Table.Now += TimeSpan.FromSeconds(40);
        _spec.Offer(5, Anna, Cezary);
        Table.Restart();
        Assert.Equal(since, Assert.IsType<DistributorCommand.Join>(Assert.Single(_spec.Told)).Since);
        Assert.Contains(Table.Done<CallEffect.Invite>(), invite => invite.Leg == _spec.LegOf(Anna));
        Assert.Contains(Table.Done<CallEffect.Tell>(), tell => tell.Message is Actors.Trunks.TrunkMessage.SeizeChannel); // the other line still waits for one
        Assert.Equal("music", _spec.HeardFiles());
        _spec.Grant(line: 1);
        Table.Answer(_spec.LegOf(Cezary), 200, "bob");
        Assert.Equal((5, Cezary), (_spec.Last<DistributorCommand.Answered>().Offer, _spec.Last<DistributorCommand.Answered>().By));
    }

    [Fact]
    public void A_restart_after_an_offer_that_failed_tells_so_again()
    {
        _spec.CallIn();
        _spec.Offer(5, Anna);
        Table.Answer(_spec.LegOf(Anna), 486);
        Table.Restart();
        Assert.Equal(["Join", "OfferFailed"], _spec.Told.Select(told => told.GetType().Name));
    }

    [Fact]
    public void Who_picks_a_ringing_phone_up_has_the_caller_and_the_queue_is_rid_of_it()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna, Basia);
        Table.Answer(_spec.LegOf(Anna), 180);
        var dialog = _spec.Call.Legs[_spec.LegOf(Anna)].Dialog!;
        Assert.True(TeleCube.Sip.Headers.Replaces.TryParse(
            System.Text.Encoding.UTF8.GetBytes($"{dialog.CallId};to-tag={dialog.LocalTag};from-tag={dialog.RemoteTag}"), out var replaces));
        Table.Take(new CallCommand.Join(new CallId("01hzzzzzzzzzzzzzzzzzzzzzz9"), 0, _spec.LegOf(Anna), replaces, new StreamId(9000)));
        Assert.Equal([new DistributorCommand.Leave(_spec.Ticket, QueueExit.Answered, Table.Now)], _spec.Told);
        Assert.Equal(0, _spec.Call.JoinedLeg!.Number);
        Assert.Empty(_spec.Ringing);
    }
}
