using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Media.Messages;
using static TeleCube.Actors.Tests.Calls.QueueSpec;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A caller in a queue (PRODUCT §5): what it and the distributor tell each other, what it hears, and how it comes out.</summary>
public sealed class QueueCallTests
{
    readonly QueueSpec _spec = new();

    CallTable Table => _spec.Table;

    [Fact]
    public void Who_comes_is_answered_hears_music_and_the_distributor_knows_since_when_it_waits()
    {
        _spec.CallIn();
        Assert.Equal(new DistributorCommand.Join(_spec.Ticket, Number, "+48601234567", null, null, Table.Now), _spec.Last<DistributorCommand.Join>());
        Assert.True(_spec.Call.Legs[0].Up);
        Assert.Equal("music", _spec.HeardFiles());
    }

    [Fact]
    public void The_welcome_is_heard_once_and_then_the_queues_own_music_over_and_over()
    {
        _spec.Set(queue => queue with { Welcome = SoundId.OfPrompt("welcome"), Music = SoundId.Parse("jazz") });
        _spec.CallIn();
        Assert.Equal("/welcome.wav", _spec.HeardFiles());
        _spec.Played();
        Assert.Equal(0, Assert.IsType<PlaySource.Files>(_spec.Heard(0)).Times);
        Assert.Equal("/announcements/jazz.wav", _spec.HeardFiles());
    }

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
    public void Who_hangs_up_has_left_and_nobody_rings_for_it_any_more()
    {
        _spec.CallIn();
        Table.Now += TimeSpan.FromSeconds(30);
        _spec.Offer(1, Anna);
        _spec.Bye();
        Assert.Equal([new DistributorCommand.Leave(_spec.Ticket, QueueExit.Abandoned, Table.Now)], _spec.Told);
        Assert.Single(Table.Done<CallEffect.CancelInvite>());
        var cdr = Table.Events.OfType<CallEvent.Ended>().Single().Cdr;
        Assert.Equal("abandoned", cdr.Disposition);
        Assert.Equal(("1000", 30, QueueExit.Abandoned), (cdr.Queues[0].Queue, cdr.Queues[0].WaitedSeconds, cdr.Queues[0].Exit));
    }

    [Fact]
    public void A_consultant_who_answers_as_the_caller_hangs_up_is_hung_up_on()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna);
        _spec.Bye();
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        Assert.Single(Table.Done<CallEffect.HangUpFork>());
        Assert.DoesNotContain(_spec.AllTold, told => told is DistributorCommand.Answered);
    }

    [Fact]
    public void The_exit_key_leads_on_in_the_scheme_also_while_consultants_ring()
    {
        _spec.CallIn();
        _spec.Press(0, '5');
        Assert.Empty(Table.Events.OfType<CallEvent.QueueLeft>());
        _spec.Offer(1, Anna);
        _spec.Press(0, '*');
        Assert.Equal([new DistributorCommand.Leave(_spec.Ticket, QueueExit.Key, Table.Now)], _spec.Told);
        Assert.Empty(_spec.Ringing);
        Assert.Equal("/goodbye.wav", _spec.HeardFiles());
        Table.Answer(_spec.LegOf(Anna), 200, "bob"); // crossed our CANCEL
        Assert.Null(_spec.Call.Talk);
    }

    [Fact]
    public void The_distributor_sends_the_caller_on_by_its_exit()
    {
        _spec.CallIn();
        _spec.Say(new QueueNotice.Exit(QueueExit.Timeout));
        Assert.Empty(_spec.Told);
        Assert.Equal("/goodbye.wav", _spec.HeardFiles());
        _spec.Say(new QueueNotice.Exit(QueueExit.Timeout)); // a repeat
        Assert.Equal("/goodbye.wav", _spec.HeardFiles());
        _spec.Offer(1, Anna);
        Assert.Equal([new DistributorCommand.Leave(_spec.Ticket, QueueExit.Timeout, Table.Now)], _spec.Told);
    }

    [Fact]
    public void The_end_of_the_consultants_leg_is_told_whichever_way_it_ends()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna);
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        Table.Now += TimeSpan.FromMinutes(2);
        _spec.Bye();
        Assert.Equal([new DistributorCommand.TalkEnded(_spec.Ticket, Number, Anna, Table.Now)], _spec.Told);
        var cdr = Table.Events.OfType<CallEvent.Ended>().Single().Cdr;
        Assert.Equal(("11", "answered", "11", QueueExit.Answered), (cdr.Callee, cdr.Disposition, cdr.Queues[0].Consultant, cdr.Queues[0].Exit));
    }

    [Fact]
    public void A_consultant_who_transfers_the_caller_away_is_free_while_the_caller_talks_on()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna);
        var anna = _spec.LegOf(Anna);
        Table.Answer(anna, 200, "bob");
        Table.FromCallee(anna, "REFER", 10, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        Table.Answer(_spec.Call.Legs.Length - 1, 200, "bob");
        Assert.DoesNotContain(_spec.AllTold, told => told is DistributorCommand.TalkEnded);
        Table.FromCallee(anna, "BYE", 11);
        Assert.Equal(Anna, _spec.Last<DistributorCommand.TalkEnded>().By);
        Assert.Equal(CallPhase.Talking, _spec.Call.Phase);
    }

    [Fact]
    public void Place_and_expected_wait_are_announced_and_then_there_is_music_again()
    {
        _spec.Set(queue => queue with { AnnounceEvery = TimeSpan.FromSeconds(30), AnnouncesPosition = true, AnnouncesWait = true, Periodic = SoundId.OfPrompt("still-waiting"), PeriodicEvery = TimeSpan.FromSeconds(60) });
        _spec.CallIn();
        Place(2, TimeSpan.FromMinutes(2));
        Assert.Equal((TimeSpan.FromSeconds(30), 1), Next());
        Announce();
        Assert.Equal("/ahead-in-queue.wav /n-2-feminine.wav /person-few.wav /expected-wait.wav /n-2-feminine.wav /minute-few.wav", _spec.HeardFiles());
        _spec.Played();
        Assert.Equal("music", _spec.HeardFiles());
        Place(0, TimeSpan.Zero);
        Announce();
        Assert.Equal("/still-waiting.wav /first-in-queue.wav", _spec.HeardFiles());
        Announce(); // one is still heard: this one is left out
        Assert.Equal("/still-waiting.wav /first-in-queue.wav", _spec.HeardFiles());
    }

    [Fact]
    public void What_crosses_an_answer_is_answered_by_what_is_so()
    {
        _spec.CallIn();
        _spec.Say(new QueueNotice.AreYouThere());
        Assert.Equal(_spec.Ticket, Assert.IsType<DistributorCommand.Join>(Assert.Single(_spec.Told)).Ticket);
        _spec.Offer(1, Anna);
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        _spec.Say(new QueueNotice.AreYouThere());
        Assert.Equal(Anna, Assert.IsType<DistributorCommand.Answered>(Assert.Single(_spec.Told)).By);
        _spec.Bye();
        _spec.Say(new QueueNotice.AreYouThere());
        Assert.Equal(["Answered", "TalkEnded"], _spec.Told.Select(told => told.GetType().Name)); // in this order: it may know of neither
        Table.Close();
        _spec.Say(new QueueNotice.AreYouThere());
        Assert.IsType<DistributorCommand.TalkEnded>(_spec.Told[^1]);
    }

    [Fact]
    public void A_call_of_which_nothing_is_left_is_lost()
    {
        _spec.Say(new QueueNotice.AreYouThere());
        Assert.Equal([new DistributorCommand.Leave(_spec.Ticket, QueueExit.Lost, Table.Now)], _spec.Told);
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
    public void Whom_a_transfer_brings_waits_like_any_other_caller()
    {
        var queue = new SchemePosition(new SchemeId("main"), 1, new ElementId("queue"), new CallerId("+48601234567", null));
        _spec.CallIn();
        _spec.Offer(1, Anna);
        var anna = _spec.LegOf(Anna);
        Table.Answer(anna, 200, "bob");
        Table.FromCallee(anna, "REFER", 10, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        var turn = new Turn(_spec.Call, Table.World, Table.Now) { NextCSeq = _ => 50 };
        Dialling.Try(turn, new(new RouteStep.RunScheme(queue), "queue 1000"), 0);

        Assert.Equal(new QueueTicket(_spec.Call.Id, 2), turn.Effects.OfType<CallEffect.Tell>().Select(tell => tell.Message).OfType<DistributorCommand.Join>().Single().Ticket);
        Assert.Null(turn.Call.Transfer);
        Assert.Null(turn.Call.Talk);
        Assert.True(turn.Call.IsLeftOver(turn.Leg(anna)));
    }

    void Place(int ahead, TimeSpan talk)
    {
        var caller = new WaitingCaller(_spec.Ticket, "", null, Table.Now);
        var others = Enumerable.Range(0, ahead).Select(n => new WaitingCaller(new(new CallId($"other{n}"), 1), "", null, Table.Now - TimeSpan.FromMinutes(1)));
        Table.Queues = new() { Queues = Table.Queues.Queues.SetItem(Number, new QueueState(Number) { Waiting = [.. others, caller], AverageTalk = talk }) };
    }

    (TimeSpan After, int Serial) Next() => (Due().After, ((CallCommand.AnnounceInQueue)Due().Command).Serial);

    void Announce()
    {
        var due = Due();
        Table.Now = ((CallCommand.AnnounceInQueue)due.Command).Due;
        Table.Take(due.Command);
    }

    CallEffect.StartTimer Due() => Table.AllEffects.OfType<CallEffect.StartTimer>().Last(timer => timer.Command is CallCommand.AnnounceInQueue);
}
