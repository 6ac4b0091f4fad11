using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>Callers who come, wait and go (PRODUCT §5).</summary>
public sealed class WaitingTests
{
    [Fact]
    public void Who_has_waited_long_enough_leaves_by_timeout()
    {
        var table = Nobody(queue => queue with { MaxWait = TimeSpan.FromSeconds(60) }).Joins("anna").After(59);
        Assert.Equal("anna", table.Waiting);
        table.After(1);
        Assert.Equal([new QueueNotice.Exit(QueueExit.Timeout)], table.Told("anna"));
        var left = Assert.IsType<DistributorEvent.Left>(Assert.Single(table.Last.Events));
        Assert.Equal((1, TimeSpan.FromSeconds(60)), (left.Position, left.Waited));
    }

    [Fact]
    public void Nobody_is_sent_out_while_consultants_ring_for_him()
    {
        var table = new QueueTable(queue => queue with { MaxWait = TimeSpan.FromSeconds(10) }).Joins("anna").After(15);
        Assert.Equal("10:anna", table.Ringing);
        Assert.Empty(table.Fails("anna").Waiting);
        Assert.Equal([new QueueNotice.Exit(QueueExit.Timeout)], table.Told("anna"));
    }

    [Fact]
    public void A_full_queue_lets_nobody_in()
    {
        var table = Nobody(queue => queue with { MaxLength = 2 }).Joins("anna").Joins("bert").Joins("carl");
        Assert.Equal([new QueueNotice.Exit(QueueExit.Full)], table.Told("carl"));
        Assert.Equal(QueueExit.Full, Assert.IsType<DistributorEvent.TurnedAway>(Assert.Single(table.Last.Events)).Why);
        Assert.Equal("anna bert carl", table.Leaves("anna").Joins("carl").Joins("bert").Leaves("x").Waiting.Insert(0, "anna "));
    }

    [Fact]
    public void Who_sends_a_caller_there_hears_whether_it_has_its_place()
    {
        var table = Nobody(queue => queue with { MaxLength = 1 });
        var join = new DistributorCommand.Join(QueueTable.Ticket("anna"), QueueTable.Sales, "+48600100200", null, null, table.Now) { AwaitsPlace = true };
        Assert.Equal([new QueueNotice.Joined()], table.Says(join).Told("anna"));
        Assert.Equal([new QueueNotice.Joined()], table.Says(join).Told("anna")); // the first may be lost
        Assert.Equal([new QueueNotice.Exit(QueueExit.Full)], table.Says(join with { Ticket = QueueTable.Ticket("bert") }).Told("bert"));
        Assert.Empty(table.Leaves("anna").Joins("carl").Told("carl"));
    }

    [Theory]
    [InlineData(EmptyQueue.Wait, "anna bert", null)]
    [InlineData(EmptyQueue.Refuse, "anna", QueueExit.NoConsultants)]
    [InlineData(EmptyQueue.Leave, "", QueueExit.NoConsultants)]
    public void What_becomes_of_callers_when_nobody_is_logged_in(EmptyQueue when, string waiting, QueueExit? newcomer)
    {
        var table = Nobody(queue => queue with { WhenEmpty = when }).Joins("anna").LogsOut("10").LogsOut("11").LogsOut("12").Joins("bert");
        Assert.Equal(waiting, table.Waiting);
        Assert.Equal(newcomer is { } why ? [new QueueNotice.Exit(why)] : [], table.Told("bert"));
    }

    [Theory]
    [InlineData(EmptyQueue.Wait, "anna bert", null)]
    [InlineData(EmptyQueue.Refuse, "anna", QueueExit.NoConsultants)]
    [InlineData(EmptyQueue.Leave, "", QueueExit.NoConsultants)]
    public void Who_needs_a_skill_finds_nobody_when_those_who_have_it_are_logged_out(EmptyQueue when, string waiting, QueueExit? newcomer)
    {
        var table = Nobody(queue => queue with { WhenEmpty = when, Consultants = [new(QueueTable.Id("10")) { Skills = ["fr"] }, new(QueueTable.Id("11"))] });
        table.Joins("anna", skill: "fr").Joins("zoe").LogsOut("10").Joins("bert", skill: "fr");
        Assert.Equal(newcomer is { } why ? [new QueueNotice.Exit(why)] : [], table.Told("bert"));
        Assert.Equal(waiting, table.Leaves("zoe").Waiting);
    }

    [Fact]
    public void Who_is_paused_or_away_is_logged_in_all_the_same()
    {
        var table = Nobody(queue => queue with { WhenEmpty = EmptyQueue.Leave });
        table.Pauses("10").Pauses("11").Pauses("12").Joins("anna");
        Assert.Equal("anna", table.Waiting);
    }

    [Fact]
    public void A_repeat_changes_nothing_and_tells_a_lost_offer_again()
    {
        var table = new QueueTable().Joins("anna");
        var offer = Assert.IsType<QueueNotice.Offer>(Assert.Single(table.Told("anna")));
        table.Joins("anna");
        Assert.Empty(table.Last.Events);
        Assert.Equal((offer.Number, offer.For), Assert.IsType<QueueNotice.Offer>(Assert.Single(table.Told("anna"))) is var again ? (again.Number, again.For) : default);
    }

    [Fact]
    public void Callers_of_a_deleted_queue_go_on_and_it_is_forgotten()
    {
        var table = Nobody().Joins("anna");
        table.World.Queues.Remove(QueueTable.Sales);
        table.After(1);
        Assert.Equal([new QueueNotice.Exit(QueueExit.Gone)], table.Told("anna"));
        Assert.Empty(table.After(1).State.Queues);
        Assert.Equal([new QueueNotice.Exit(QueueExit.Gone)], table.Joins("bert").Told("bert"));
    }

    [Fact]
    public void While_the_set_up_is_not_known_nobody_is_sent_away_and_nobody_rung()
    {
        var table = new QueueTable(queue => queue with { MaxWait = TimeSpan.FromSeconds(1) });
        table.World.IsKnown = false;
        Assert.Equal(("anna", ""), (table.Joins("anna").After(5).Waiting, table.Ringing));
        table.World.IsKnown = true;
        table.Set(queue => queue with { MaxWait = TimeSpan.Zero });
        Assert.Equal("10:anna", table.After(1).Ringing);
    }

    [Fact]
    public void What_is_offered_of_who_leaves_is_over()
    {
        var table = new QueueTable(queue => queue with { Strategy = QueueStrategy.All }).Joins("anna").Leaves("anna");
        Assert.Equal(("", ""), (table.Waiting, table.Ringing));
        var left = table.History.OfType<DistributorEvent.Left>().Single();
        Assert.Equal(QueueExit.Abandoned, left.Why);
    }

    [Theory]
    [InlineData(3, 120, 2, 180)]
    [InlineData(1, 60, 4, 15)]
    public void The_expected_wait_is_the_position_times_the_average_by_those_who_are_there(int position, int average, int consultants, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), QueueEstimate.Of(position, TimeSpan.FromSeconds(average), consultants));

    [Theory]
    [InlineData(0, 60, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 60, 0)]
    public void There_may_be_none(int position, int average, int consultants) =>
        Assert.Null(QueueEstimate.Of(position, TimeSpan.FromSeconds(average), consultants));

    static QueueTable Nobody(Func<Queue, Queue>? set = null)
    {
        var table = new QueueTable(set);
        table.World.Away.UnionWith(QueueTable.Ids("10", "11", "12"));
        return table;
    }
}
