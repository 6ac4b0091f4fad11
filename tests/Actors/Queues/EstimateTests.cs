using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>What is said of the wait is what can be expected of those who are there.</summary>
public sealed class EstimateTests
{
    static readonly ConsultantId _mobile = ConsultantId.Of(new ExternalNumberId("mob"));

    readonly QueueTable _table = new(queue => queue with { Consultants = [new(QueueTable.Id("10")), new(_mobile)], WrapUp = TimeSpan.FromSeconds(10) });

    [Fact]
    public void The_average_talk_is_without_wrap_up_and_what_is_waited_for_is_with_it()
    {
        Talked();
        Assert.Equal((TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(18)), (_table.Queue.AverageTalked, _table.Queue.AverageHandling));
        Assert.Equal(TimeSpan.FromSeconds(9), Expected(1)); // both can be had
        Assert.Equal(TimeSpan.FromSeconds(27), Expected(3));
    }

    [Fact]
    public void Who_cannot_be_reached_makes_no_wait_shorter()
    {
        Talked();
        _table.World.Away.Add(_mobile);
        Assert.Equal(TimeSpan.FromSeconds(18), Expected(1));
        _table.World.Away.Add(QueueTable.Id("10"));
        Assert.Null(Expected(1));
    }

    [Fact]
    public void Nor_does_who_rests()
    {
        Talked();
        _table.World.Away.Add(QueueTable.Id("10"));
        _table.Joins("anna").Fails("anna", "busy").World.Away.Clear();
        Assert.Equal(TimeSpan.FromSeconds(18), Expected(1));
    }

    [Fact]
    public void A_talk_that_lasts_longer_than_usual_makes_it_longer()
    {
        Talked();
        _table.World.Away.Add(_mobile);
        _table.Joins("anna").Answers("10", "anna").Joins("bert");
        Assert.Equal(TimeSpan.FromSeconds(18), Expected(1));
        Assert.Equal(93, (int)Math.Round(_table.After(93).Estimate().Of(1)!.Value.TotalSeconds));
    }

    void Talked() => _table.Joins("zoe").Answers("10", "zoe").After(8).HangsUp("10").After(10);

    TimeSpan? Expected(int position) => _table.Estimate().Of(position);
}
