using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
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
    public void It_says_so_again_each_minute_as_long_as_it_waits()
    {
        _spec.CallIn();
        var again = Table.AllEffects.OfType<CallEffect.StartTimer>().Last(timer => timer.Command is CallCommand.SayAgainInQueue);
        Assert.Equal(TimeSpan.FromMinutes(1), again.After);
        var since = Table.Now;
        Table.Now += again.After;
        Table.Take(again.Command);
        Assert.Equal([new DistributorCommand.Join(_spec.Ticket, Number, "+48601234567", null, null, since)], _spec.Told);
        Assert.Single(Table.Done<CallEffect.StartTimer>(), timer => timer.Command == again.Command);
        _spec.Bye();
        Table.Take(again.Command);
        Assert.Empty(_spec.Told);
    }

    [Fact]
    public void Nobody_waits_for_longer_than_the_queue_says_because_the_distributor_is_away()
    {
        _spec.Set(queue => queue with { MaxWait = TimeSpan.FromSeconds(90) });
        _spec.CallIn();
        var since = Table.Now;
        Assert.Equal(TimeSpan.FromSeconds(60), PassAgain());
        Assert.IsType<DistributorCommand.Join>(Assert.Single(_spec.Told));
        Assert.Equal(TimeSpan.FromSeconds(40), PassAgain()); // not before the distributor has had its time
        Assert.Equal([new DistributorCommand.Leave(_spec.Ticket, QueueExit.Timeout, since + TimeSpan.FromSeconds(100))], _spec.Told);
        Assert.Equal("/goodbye.wav", _spec.HeardFiles());
    }

    [Fact]
    public void But_stays_while_a_consultant_rings()
    {
        _spec.Set(queue => queue with { MaxWait = TimeSpan.FromSeconds(30) });
        _spec.CallIn();
        _spec.Offer(1, Anna);
        Assert.Equal(TimeSpan.FromSeconds(40), PassAgain());
        Assert.Equal([Anna], _spec.Ringing);
        _spec.RingingIsOver();
        Assert.Equal(TimeSpan.FromSeconds(10), PassAgain());
        Assert.Equal("/goodbye.wav", _spec.HeardFiles());
    }

    [Fact]
    public void What_the_distributor_refuses_is_said_again_soon()
    {
        Table.Dial("11");
        Table.Take(new CallCommand.NotHeard()); // no queue's business
        Assert.Empty(Table.Effects);

        var waits = new QueueSpec();
        waits.CallIn();
        waits.Table.Take(new CallCommand.NotHeard());
        var again = Assert.Single(waits.Table.Done<CallEffect.StartTimer>());
        Assert.Equal(TimeSpan.FromSeconds(10), again.After);
        waits.Table.Take(again.Command);
        Assert.IsType<DistributorCommand.Join>(Assert.Single(waits.Told));

        waits.Offer(1, Anna);
        waits.Table.Answer(waits.LegOf(Anna), 200, "bob");
        waits.Table.Take(new CallCommand.NotHeard());
        waits.Table.Take(Assert.Single(waits.Table.Done<CallEffect.StartTimer>()).Command);
        Assert.Equal(Anna, Assert.IsType<DistributorCommand.Answered>(Assert.Single(waits.Told)).By);
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
        Assert.Equal([new DistributorCommand.Leave(_spec.Ticket, QueueExit.Timeout, Table.Now)], _spec.Told); // it may have asked, and been answered otherwise, meanwhile
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
        Assert.Equal((Anna, "12"), (_spec.Last<DistributorCommand.TalkEnded>().By, _spec.Last<DistributorCommand.TalkEnded>().TransferredTo));
        Assert.Equal(CallPhase.Talking, _spec.Call.Phase);
        Table.Restart(); // it is told again
        Assert.Equal("12", _spec.Last<DistributorCommand.TalkEnded>().TransferredTo);
    }

    [Fact]
    public void A_transfer_that_failed_is_none()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna);
        var anna = _spec.LegOf(Anna);
        Table.Answer(anna, 200, "bob");
        Table.FromCallee(anna, "REFER", 10, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        Table.Answer(_spec.Call.Legs.Length - 1, 486);
        Table.FromCallee(anna, "BYE", 11);
        Assert.Null(_spec.Last<DistributorCommand.TalkEnded>().TransferredTo);
    }

    [Fact]
    public void Who_picks_the_caller_up_at_the_consultants_phone_is_told_and_told_again()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna);
        Table.Take(new CallCommand.Join(new CallId("01hzzzzzzzzzzzzzzzzzzzzzz9"), 0, _spec.LegOf(Anna), null, new StreamId(9)) { By = "12" });
        Assert.Equal("12", _spec.Last<DistributorCommand.Leave>().PickedUpBy);
        Table.Restart();
        Assert.Equal((QueueExit.Answered, "12"), (_spec.Last<DistributorCommand.Leave>().Why, _spec.Last<DistributorCommand.Leave>().PickedUpBy));
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
        Announce(); // one is still heard: this one comes after it
        Assert.Equal("/still-waiting.wav /first-in-queue.wav", _spec.HeardFiles());
        Place(2, TimeSpan.Zero);
        _spec.Played();
        Assert.Equal("/ahead-in-queue.wav /n-2-feminine.wav /person-few.wav", _spec.HeardFiles());
        _spec.Played();
        Assert.Equal("music", _spec.HeardFiles());
    }

    [Fact]
    public void What_is_repeated_never_hides_place_and_wait_and_is_itself_left_out_when_it_is_late()
    {
        _spec.Set(queue => queue with { AnnounceEvery = TimeSpan.FromSeconds(40), AnnouncesPosition = true, Periodic = SoundId.OfPrompt("still-waiting"), PeriodicEvery = TimeSpan.FromSeconds(20) });
        _spec.CallIn();
        Place(0, TimeSpan.Zero);
        Announce(); // at 20 s
        Assert.Equal("/still-waiting.wav", _spec.HeardFiles());
        Announce(); // at 40 s, in its middle
        Announce(); // at 60 s
        Assert.Equal("/still-waiting.wav", _spec.HeardFiles());
        _spec.Played();
        Assert.Equal("/first-in-queue.wav", _spec.HeardFiles());
        _spec.Played();
        Assert.Equal("music", _spec.HeardFiles());
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
    public void Whom_a_transfer_brings_waits_like_any_other_caller()
    {
        _spec.CallIn();
        _spec.Offer(1, Anna);
        var anna = _spec.LegOf(Anna);
        Table.Answer(anna, 200, "bob");
        Table.FromCallee(anna, "REFER", 10, extra: "Refer-To: <sip:1000@pbx.test>\r\n");

        var ticket = new QueueTicket(_spec.Call.Id, 2);
        var join = _spec.Last<DistributorCommand.Join>();
        Assert.Equal((ticket, _spec.Caller), (join.Ticket, join.Caller));
        Table.Take(new CallCommand.QueueSays(ticket, new QueueNotice.Joined()));
        Assert.Null(_spec.Call.Transfer);
        Assert.Null(_spec.Call.Talk);
        Assert.True(_spec.Call.IsLeftOver(_spec.Call.Legs[anna]));
    }

    void Place(int ahead, TimeSpan talk)
    {
        var caller = new WaitingCaller(_spec.Ticket, "", null, Table.Now);
        var others = Enumerable.Range(0, ahead).Select(n => new WaitingCaller(new(new CallId($"other{n}"), 1), "", null, Table.Now - TimeSpan.FromMinutes(1)));
        Table.Queues = new() { Queues = Table.Queues.Queues.SetItem(Number, new QueueState(Number) { Waiting = [.. others, caller], AverageTalk = talk }) };
    }

    /// <summary>Lets the time come at which the call looks again; returns how long that was.</summary>
    TimeSpan PassAgain()
    {
        var again = Table.AllEffects.OfType<CallEffect.StartTimer>().Last(timer => timer.Command is CallCommand.SayAgainInQueue);
        Table.Now += again.After;
        Table.Take(again.Command);
        return again.After;
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
