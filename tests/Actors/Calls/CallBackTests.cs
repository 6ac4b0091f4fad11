using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Queues.Deciding;
using TeleCube.Actors.Tests.Queues;
using TeleCube.Media.Messages;
using static TeleCube.Actors.Tests.Calls.QueueSpec;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Oddzwonienie (PRODUCT §5): consultants first, then who waits for it.</summary>
public sealed class CallBackTests
{
    const string Customer = "+48601234567";

    readonly QueueSpec _spec = new();
    readonly QueueTicket _ticket;
    readonly CallCommand.CallBack _order;

    public CallBackTests()
    {
        _ticket = new QueueTicket(Table.Call.Id, -1);
        _order = new CallCommand.CallBack(
            CallTable.Company, new CallBackOrder(_ticket, Number, new QueueNotice.Offer(9, [Anna, Cezary], TimeSpan.FromSeconds(20)), Customer, Infoline.Value, "Jan", Table.Now - TimeSpan.FromMinutes(5)));
    }

    CallTable Table => _spec.Table;

    [Fact]
    public void The_consultants_ring_first_and_see_whom_it_is_for()
    {
        Table.Take(_order);
        _spec.Grant(line: 1);
        Assert.Equal([Anna, Cezary], _spec.Ringing);
        Assert.Equal((Customer, "Jan"), (From(Anna).Uri.User, From(Anna).DisplayName));
        Assert.Equal("48943401128", From(Cezary).Uri.User!.TrimStart('+')); // a carrier is shown a number of ours
        Table.Take(_order); // a repeat
        Assert.Equal([new DistributorCommand.StillRings(_ticket)], _spec.Told);
        Assert.Empty(Table.Done<CallEffect.Invite>());
    }

    [Fact]
    public void Who_takes_it_hears_that_the_customer_is_rung_who_sees_the_number_that_it_had_called()
    {
        Take(Anna);
        Assert.Equal([new DistributorCommand.Answered(_ticket, Number, 9, Anna, Table.Now)], _spec.Told);
        _spec.Grant(line: 0);
        var customer = _spec.Call.Legs.Length - 1;
        Assert.Equal("48943401128", _spec.Call.Legs[customer].Sent!.Request.From.Uri.User!.TrimStart('+'));
        Assert.Equal(new PlaySource.Tone(ToneKind.RingBack), _spec.Heard(_spec.LegOf(Anna)));

        Table.Answer(customer, 200, "bob");
        Assert.Equal(new Pair(_spec.LegOf(Anna), customer), _spec.Call.Talk);
        Table.Now += TimeSpan.FromMinutes(1);
        Table.FromCallee(customer, "BYE", 2);
        Assert.Equal([new DistributorCommand.TalkEnded(_ticket, Number, Anna, Table.Now)], _spec.Told);
        var cdr = Table.Events.OfType<CallEvent.Ended>().Single().Cdr;
        Assert.Equal((CallDirection.Outgoing, Customer, "11"), (cdr.Direction, cdr.Callee, cdr.Queues[0].Consultant));
        Assert.Equal(300, cdr.Queues[0].WaitedSeconds);
    }

    [Fact]
    public void Any_of_them_may_be_the_one_who_takes_it()
    {
        Table.Take(_order);
        _spec.Grant(line: 1);
        Table.Answer(_spec.LegOf(Cezary), 200, "bob");
        Assert.Equal(Cezary, _spec.Last<DistributorCommand.Answered>().By);
        Assert.Equal(EndCause.Elsewhere, _spec.Call.Legs[_spec.LegOf(Anna)].Cause);
        Assert.Equal(_spec.LegOf(Cezary), _spec.Call.Waiting);
        Assert.IsType<RouteStep.Dial>(_spec.Call.Trying);
    }

    [Fact]
    public void When_no_consultant_takes_it_the_distributor_hears_why()
    {
        Table.Take(_order);
        _spec.Grant(line: 1);
        Table.Answer(_spec.LegOf(Anna), 486);
        Table.Answer(_spec.LegOf(Cezary), 180);
        _spec.RingingIsOver();
        var failed = Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told));
        Assert.Equal((9, _ticket), (failed.Offer, failed.Ticket));
        Assert.Equal<MissedOffer>([new(Anna, "busy"), new(Cezary, "no-answer")], failed.Missed);
        Assert.Equal(CallPhase.Over, _spec.Call.Phase);
        Table.Take(_order); // it may not have heard
        Assert.Equal<MissedOffer>(failed.Missed, Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
    }

    [Theory]
    [InlineData(180, "no-answer", false)]
    [InlineData(180, "no-answer", true)]
    [InlineData(0, "unreachable", false)]
    [InlineData(0, "unreachable", true)]
    public void A_try_that_no_consultant_takes_is_no_call_to_the_customer_and_counts_nobody_as_abandoned(int said, string cause, bool restarts)
    {
        Table.Take(_order with { Wanted = _order.Wanted with { Offer = _order.Wanted.Offer with { Consultants = [Anna] } } });
        if (said != 0) Table.Answer(_spec.LegOf(Anna), said);
        if (restarts) Table.Restart();
        _spec.RingingIsOver();
        var cdr = Table.Events.OfType<CallEvent.Ended>().Single().Cdr;
        Assert.Equal(("call-back-not-taken", "call-back-not-taken", QueueExit.Kept), (cdr.Disposition, cdr.Cause.Code, cdr.Queues.Single().Exit));
        Assert.Equal(cause, Table.Events.OfType<CallEvent.ConsultantMissed>().Single().Cause.Code);
        Assert.Equal(cause, cdr.Legs.Single().Cause.Code); // the offer has one outcome
        Assert.Equal<MissedOffer>([new(Anna, cause)], _spec.Last<DistributorCommand.OfferFailed>().Missed);
    }

    [Fact]
    public void Where_nobody_says_anything_the_place_is_kept_too()
    {
        Table.Take(_order);
        Table.Take(new CallCommand.GiveUpSetup());
        Assert.Equal("call-back-not-taken", Table.Events.OfType<CallEvent.Ended>().Single().Cdr.Disposition);
    }

    [Fact]
    public void Nobody_else_picks_it_up_while_no_consultant_has_it()
    {
        Table.Take(_order with { Wanted = _order.Wanted with { Offer = _order.Wanted.Offer with { Consultants = [Anna, Basia] } } });
        Table.Answer(_spec.LegOf(Anna), 486); // leg 0, for which the exchange itself calls
        Table.Answer(_spec.LegOf(Basia), 180);
        Assert.Null(Actors.Calls.Routing.WaitingLeg.Ringing(Table.Around, CallTable.Company, new HashSet<Actors.Numbers.ExtensionNumber> { Actors.Numbers.ExtensionNumber.Parse("12") }));
        Table.Take(new CallCommand.Join(new CallId("other"), 0, _spec.LegOf(Basia), null, new StreamId(99)) { By = "13" });
        Assert.IsType<CallCommand.JoinRefused>(Assert.Single(Table.Done<CallEffect.Tell>()).Message);
        Assert.Equal([Basia], _spec.Ringing);
    }

    [Theory]
    [InlineData(486, "busy")]
    [InlineData(480, "unreachable")]
    public void A_customer_who_is_not_reached_is_told_as_such_and_then_the_consultant_is_free(int status, string cause)
    {
        Take(Anna);
        _spec.Grant(line: 0);
        Table.Answer(_spec.Call.Legs.Length - 1, status);
        Assert.Equal(
            [new DistributorCommand.CallBackFailed(_ticket, 9, cause, Table.Now), new DistributorCommand.TalkEnded(_ticket, Number, Anna, Table.Now)],
            _spec.Told);
        Assert.Equal(CallPhase.Over, _spec.Call.Phase);
        Assert.Contains(Table.Done<CallEffect.InDialog>(), request => request.Leg == _spec.LegOf(Anna)); // the consultant's BYE
    }

    [Fact]
    public void A_consultant_who_hangs_up_before_the_customer_answers_leaves_it_its_place()
    {
        Take(Anna);
        Table.FromCallee(_spec.LegOf(Anna), "BYE", 2);
        Assert.Equal(["CallBackFailed", "TalkEnded"], _spec.Told.Select(told => told.GetType().Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_distributor_keeps_the_place_of_who_was_not_reached_and_rings_the_consultant_for_others(bool restarts)
    {
        var queue = new QueueTable(queue => queue with { Consultants = [new(Anna)] });
        queue.World.Away.Add(Anna);
        queue.Joins("jan").AsksCallBack("jan").Leaves("jan", QueueExit.CallBack).Joins("ola").World.Away.Clear();
        queue.After(1);
        Table.Take(new CallCommand.CallBack(CallTable.Company, Assert.IsType<QueueSaid.CallBack>(Assert.Single(queue.Last.Said)).Order));
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        Hear(queue);
        Assert.Equal("11:jan", queue.Talking);

        _spec.Grant(line: 0);
        Table.Answer(_spec.Call.Legs.Length - 1, 486);
        if (restarts) Table.Restart(); // what was said before is lost
        Hear(queue);
        Assert.Equal(("jan ola", "", "11:ola"), (queue.Waiting, queue.Talking, queue.Ringing));
    }

    [Fact]
    public void Asked_while_consultants_ring_it_says_that_it_is_there()
    {
        Table.Take(_order);
        Table.Take(new CallCommand.QueueSays(_ticket, new QueueNotice.AreYouThere()));
        Assert.Equal([new DistributorCommand.StillRings(_ticket)], _spec.Told);
        Assert.Equal(_ticket, _spec.Told[0].Speaker);
    }

    [Fact]
    public void Of_a_place_that_nobody_knows_any_more_nobody_is_rung()
    {
        Table.Take(_order);
        Table.Take(new CallCommand.QueueSays(_ticket, new QueueNotice.Exit(QueueExit.Lost)));
        Assert.Empty(_spec.Ringing);
        Assert.Equal(CallPhase.Over, _spec.Call.Phase);
    }

    [Fact]
    public void A_restart_rings_the_consultants_by_the_same_INVITE_and_nobody_twice()
    {
        Table.Take(_order);
        _spec.Grant(line: 1);
        var sent = Table.AllEffects.OfType<CallEffect.Invite>().Select(invite => (invite.Leg, invite.Sent.Seed)).ToList();
        Table.Restart();
        Assert.Equal(sent, Table.Done<CallEffect.Invite>().Select(invite => (invite.Leg, invite.Sent.Seed)));
        Assert.Equal([Anna, Cezary], _spec.Ringing);
        Table.Take(_order); // the distributor gives it again
        Assert.Empty(Table.Done<CallEffect.Invite>());
        Table.Answer(_spec.LegOf(Anna), 200, "bob");
        Assert.Equal(Anna, _spec.Last<DistributorCommand.Answered>().By);
    }

    [Fact]
    public void A_restart_goes_on_with_it()
    {
        Take(Anna);
        Table.Restart();
        Assert.IsType<DistributorCommand.Answered>(Assert.Single(_spec.Told));
        _spec.Grant(line: 0);
        Table.Answer(_spec.Call.Legs.Length - 1, 200, "bob");
        Assert.NotNull(_spec.Call.Talk);
    }

    void Hear(QueueTable queue)
    {
        foreach (var told in _spec.Told) queue.Says(told);
    }

    void Take(ConsultantId consultant)
    {
        Table.Take(_order);
        Table.Answer(_spec.LegOf(consultant), 200, "bob");
    }

    TeleCube.Sip.Headers.NameAddress From(ConsultantId consultant) => _spec.Call.Legs[_spec.LegOf(consultant)].Sent!.Request.From;
}
