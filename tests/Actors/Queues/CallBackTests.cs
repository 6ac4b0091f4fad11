using TeleCube.Actors.Queues;
using TeleCube.Actors.Queues.Deciding;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>A caller hangs up, keeps his place and is called when it is his turn (PRODUCT §5).</summary>
public sealed class CallBackTests
{
    readonly QueueTable _table = new(queue => queue with { Consultants = [new(QueueTable.Id("10"))], MaxWait = TimeSpan.FromMinutes(5) });

    public CallBackTests() => _table.World.Away.Add(QueueTable.Id("10"));

    [Fact]
    public void The_place_is_kept_while_the_caller_is_gone()
    {
        _table.Joins("anna").Joins("bert").AsksCallBack("anna");
        Assert.Equal([new QueueNotice.CallBackKept()], _table.Told("anna"));
        Assert.Equal("anna bert", _table.Leaves("anna").Waiting);
        Assert.Equal("anna", _table.After(301).Waiting); // the longest wait is bert's only
    }

    [Fact]
    public void When_it_is_his_turn_a_call_begins_and_a_repeat_names_the_same_one()
    {
        var order = Begin();
        Assert.True(order.Ticket.CallsBack);
        Assert.Equal(("+48600100200", "10", 26), (order.Number, order.Offer.Consultants.Single().Value, order.Ticket.Call.Value.Length));
        _table.Says(new DistributorCommand.Join(order.Ticket, QueueTable.Sales, "", null, null, order.Since));
        Assert.Equal(order.Ticket, Assert.IsType<QueueSaid.CallBack>(Assert.Single(_table.Last.Said)).Order.Ticket);
        _table.Says(new DistributorCommand.StillRings(order.Ticket));
        Assert.Empty(_table.Last.Said);
        _table.Fails("anna").Says(new DistributorCommand.StillRings(order.Ticket));
        Assert.Equal([new QueueSaid.Notice(order.Ticket, new QueueNotice.Exit(QueueExit.Lost))], _table.Last.Said);
        _table.After(5);
        Assert.NotEqual(order.Ticket, Assert.IsType<QueueSaid.CallBack>(Assert.Single(_table.Last.Said)).Order.Ticket);
    }

    [Fact]
    public void Who_is_reached_is_served()
    {
        Begin();
        _table.Answers("10", "anna");
        Assert.Equal(("bert", "10:anna"), (_table.Waiting, _table.Talking));
        Assert.Empty(_table.After(60).HangsUp("10").State.Queues[QueueTable.Sales].Waiting.Where(caller => caller.CallBack is not null));
    }

    [Fact]
    public void Who_is_not_reached_keeps_his_place_but_does_not_block_those_behind_and_is_given_up_after_three_tries()
    {
        Begin();
        for (var tries = 1; tries <= 3; tries++)
        {
            _table.Answers("10", "anna").Says(new DistributorCommand.CallBackFailed(_table.State.Consultants[QueueTable.Id("10")].Ticket, _table.State.Offers, "busy", _table.Now));
            if (tries < 3) Assert.StartsWith("anna", _table.Waiting, StringComparison.Ordinal);
            _table.HangsUp("10");
            if (tries == 1)
            {
                Assert.Equal("10:bert", _table.Ringing);
                _table.Leaves("bert");
            }

            Assert.Equal("", _table.After(59).Ringing);
            Assert.Equal(tries < 3 ? "10:anna" : "", _table.After(1).Ringing);
        }

        Assert.Equal(QueueExit.CallBack, _table.History.OfType<DistributorEvent.Left>().Last().Why);
        Assert.Equal([1, 2, 3], _table.History.OfType<DistributorEvent.CallBackFailed>().Select(one => one.Tries));
    }

    [Fact]
    public void Ringing_one_who_does_not_answer_is_no_talk_and_no_call_taken()
    {
        Begin();
        _table.Leaves("bert").Answers("10", "anna").After(20).HangsUp("10");
        var (ten, sales) = (QueueTable.Id("10"), _table.Queue);
        Assert.Equal((TimeSpan.FromSeconds(20), 1), (sales.AverageTalk, sales.Tallies[ten].Taken));

        _table.LogsOut("10").Joins("carl").AsksCallBack("carl").Leaves("carl", QueueExit.CallBack).LogsIn("10");
        _table.Answers("10", "carl").After(45).Says(new DistributorCommand.CallBackFailed(_table.State.Consultants[ten].Ticket, _table.State.Offers, "no-answer", _table.Now)).HangsUp("10");
        Assert.True(Assert.IsType<DistributorEvent.TalkEnded>(_table.Last.Events[0]).InVain);
        Assert.Equal((sales.AverageTalk, sales.Tallies[ten].LastEnded, 1), (_table.Queue.AverageTalk, _table.Queue.Tallies[ten].LastEnded, _table.Queue.Tallies[ten].Taken));
    }

    [Fact]
    public void Nobody_is_called_back_who_is_still_on_the_line()
    {
        _table.World.Away.Clear();
        _table.Joins("zoe").Joins("anna").Joins("bert").AsksCallBack("anna").Answers("10", "zoe").HangsUp("10");
        Assert.Equal(("anna bert", "10:bert"), (_table.Waiting, _table.Ringing)); // anna hears that her place is kept
        _table.Leaves("bert").After(10);
        Assert.Equal("", _table.Ringing);
        Assert.Equal("10:anna", _table.Leaves("anna", QueueExit.CallBack).Ringing);
    }

    [Fact]
    public void Should_nobody_say_that_the_caller_has_hung_up_a_minute_is_waited()
    {
        _table.Joins("anna").AsksCallBack("anna").World.Away.Clear();
        Assert.Equal("", _table.After(59).Ringing);
        Assert.Equal("10:anna", _table.After(1).Ringing);
        _table.Answers("10", "anna").Says(new DistributorCommand.CallBackFailed(_table.State.Consultants[QueueTable.Id("10")].Ticket, 1, "busy", _table.Now));
        Assert.Equal("", _table.HangsUp("10").Leaves("anna", QueueExit.CallBack).Ringing); // so late it is no news: the pause goes on
    }

    [Fact]
    public void A_number_that_must_not_be_called_is_refused_and_the_caller_waits_on()
    {
        _table.Joins("anna").AsksCallBack("anna", "112");
        Assert.Equal([new QueueNotice.CallBackRefused()], _table.Told("anna"));
        Assert.Null(_table.Queue.Waiting.Single().CallBack);
    }

    [Fact]
    public void A_number_has_one_place_whoever_claims_it()
    {
        _table.Joins("anna").AsksCallBack("anna").Leaves("anna").Joins("bert").AsksCallBack("bert");
        Assert.Equal([new QueueNotice.CallBackRefused()], _table.Told("bert"));
        _table.AsksCallBack("bert", "+48600100201");
        Assert.Equal([new QueueNotice.CallBackKept()], _table.Told("bert"));
    }

    [Fact]
    public void Who_is_called_back_later_takes_no_place_of_those_on_the_line()
    {
        _table.Set(queue => queue with { MaxLength = 1 });
        _table.Joins("anna").AsksCallBack("anna").Leaves("anna").Joins("bert");
        Assert.Equal("anna bert", _table.Waiting);
        Assert.Equal([new QueueNotice.Exit(QueueExit.Full)], _table.Joins("cesar").Told("cesar"));
    }

    [Fact]
    public void Consultants_who_ring_for_who_asks_are_rung_until_the_call_says_otherwise()
    {
        _table.World.Away.Clear();
        _table.Joins("anna").AsksCallBack("anna").Joins("bert");
        Assert.Equal("10:anna", _table.Ringing);
        _table.Leaves("anna", QueueExit.CallBack);
        Assert.Equal(("anna bert", ""), (_table.Waiting, _table.Ringing));
    }

    [Fact]
    public void A_lost_call_back_is_tried_again()
    {
        var order = Begin();
        _table.Says(new DistributorCommand.Leave(order.Ticket, QueueExit.Lost, _table.Now));
        Assert.Equal(("anna bert", ""), (_table.Waiting, _table.Ringing));
        Assert.Equal("10:anna", _table.After(5).Ringing);
        _table.Answers("10", "anna").Says(new DistributorCommand.Leave(_table.State.Consultants[QueueTable.Id("10")].Ticket, QueueExit.Lost, _table.Now));
        Assert.Equal("anna bert", _table.Waiting);
    }

    [Fact]
    public void Nobody_is_called_back_after_a_day()
    {
        _table.Set(queue => queue with { MaxWait = TimeSpan.Zero }).Joins("anna").AsksCallBack("anna").After(TimeSpan.FromHours(24).TotalSeconds - 1);
        Assert.Equal("anna", _table.Waiting);
        Assert.Equal("", _table.After(1).Waiting);
    }

    CallBackOrder Begin()
    {
        _table.Joins("anna").Joins("bert").AsksCallBack("anna").Leaves("anna", QueueExit.CallBack).World.Away.Clear();
        return Assert.IsType<QueueSaid.CallBack>(Assert.Single(_table.After(1).Last.Said)).Order;
    }
}
