using System.Text;
using TeleCube.Actors.Queues;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>Every figure that statistics need is in the journal (issue 3 §3): here they are counted from it, and from nothing else.</summary>
public sealed class StatisticsTests
{
    static readonly EventRegistry _registry = new EventRegistry().AddQueueEvents();

    [Fact]
    public void What_has_happened_can_be_counted_from_the_journal_alone()
    {
        var table = new QueueTable(queue => queue with
        {
            Consultants = [.. QueueTable.Ids("10", "11").Select(id => new LinkedConsultant(id))],
            WrapUp = TimeSpan.FromSeconds(15),
            MaxWait = TimeSpan.FromSeconds(60),
            MaxLength = 2,
            WhenEmpty = EmptyQueue.Refuse,
        });
        table.Joins("anna").After(5).Answers("10", "anna"); // at 5 s
        table.Joins("bert").After(20).Fails("bert").After(5).After(3).Answers("11", "bert"); // missed once by 11; at 33 s
        table.After(60).HangsUp("10"); // at 93 s, after 88 s of talk
        table.Joins("carl").Joins("dora").Joins("emil"); // emil finds it full
        table.After(7).Leaves("carl").AsksCallBack("dora").Leaves("dora", QueueExit.CallBack);
        table.After(8).After(4).Answers("10", "dora").After(6); // at 112 s; in vain
        table.Says(new DistributorCommand.CallBackFailed(table.State.Consultants[QueueTable.Id("10")].Ticket, table.State.Offers, "busy", table.Now)).HangsUp("10");
        table.HangsUp("11"); // at 118 s, after 85 s of talk
        table.After(20).After(40).Answers("10", "dora").After(30).HangsUp("10"); // at 178 s, after 85 s of waiting
        table.LogsOut("10").LogsOut("11").Joins("fred"); // nobody is there
        table.LogsIn("10").After(20).Joins("gina").Fails("gina", "declined").After(60); // has waited for long enough
        table.Joins("hans").Answers("10", "hans").After(25).Leaves("hans", QueueExit.Lost);

        var figures = new QueueFigures(table.History.Select(Journaled), QueueTable.Sales);
        Assert.Equal((8, 4, 1), (figures.Offered, figures.Answered, figures.Exits[QueueExit.Abandoned]));
        Assert.Equal((1, 1, 1), (figures.Exits[QueueExit.Full], figures.Exits[QueueExit.NoConsultants], figures.Exits[QueueExit.Timeout]));
        Assert.Equal([0, 5, 28, 85], figures.Waits.Order());
        Assert.Equal((29.5, 85), (figures.Waits.Average(), figures.Waits.Max()));
        Assert.Equal(0.5, figures.AnsweredWithin(20));
        Assert.Equal([7], figures.AbandonedAfter);
        Assert.Equal((88 + 30 + 25, 85), (figures.Of("10").Talked, figures.Of("11").Talked));
        Assert.Equal((45, 15), (figures.Of("10").WrappedUp, figures.Of("11").WrappedUp));
        Assert.Equal((3, 1), (figures.Of("10").Taken, figures.Of("11").Taken));
        Assert.Equal(["declined after 0 s"], figures.Of("10").Missed);
        Assert.Equal(["no-answer after 20 s"], figures.Of("11").Missed);
        Assert.Equal((1, 1, 1), (figures.CallBacksAsked, figures.CallBacksFailed, figures.CallBacksMade));
    }

    [Fact]
    public void Who_transferred_a_caller_on_and_who_picked_one_up_is_in_it_too()
    {
        var table = new QueueTable(queue => queue with { Consultants = [.. QueueTable.Ids("10", "11").Select(id => new LinkedConsultant(id))] });
        table.Joins("anna").After(5).Answers("10", "anna").After(30).HangsUp("10", transferredTo: "14");
        table.Joins("bert").After(4).PicksUp("15", "bert");
        table.Joins("carl").After(3).Answers("11", "carl").After(10).HangsUp("11");

        var figures = new QueueFigures(table.History.Select(Journaled), QueueTable.Sales);
        Assert.Equal(["14"], figures.Of("10").Transferred);
        Assert.Empty(figures.Of("11").Transferred);
        Assert.Equal(["15 after 4 s"], figures.PickedUp);
        Assert.Equal((3, 1), (figures.Offered, figures.Exits[QueueExit.Answered]));
    }

    [Fact]
    public void A_journal_of_before_has_neither()
    {
        const string Ended = """{"ticket":{"call":{"value":"anna"},"serial":1},"by":"10","talked":"00:00:30","wrapUp":"00:00:00","queue":"1000","at":"2026-11-22T12:00:00+00:00"}""";
        const string Left = """{"ticket":{"call":{"value":"anna"},"serial":1},"why":"Answered","position":1,"waited":"00:00:04","queue":"1000","at":"2026-11-22T12:00:00+00:00"}""";
        Assert.Null(Assert.IsType<DistributorEvent.TalkEnded>(_registry.Decode("queue.talk-ended", 1, Encoding.UTF8.GetBytes(Ended))).TransferredTo);
        Assert.Null(Assert.IsType<DistributorEvent.Left>(_registry.Decode("queue.left", 1, Encoding.UTF8.GetBytes(Left))).PickedUpBy);
    }

    static DistributorEvent Journaled(DistributorEvent happened)
    {
        var (type, version, payload) = _registry.Encode(happened);
        return (DistributorEvent)_registry.Decode(type, version, payload);
    }
}
