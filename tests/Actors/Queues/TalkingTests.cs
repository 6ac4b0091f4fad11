using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Queues.Deciding;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>Consultants who take calls, or do not.</summary>
public sealed class TalkingTests
{
    [Fact]
    public void What_statistics_count_is_in_the_events()
    {
        var table = new QueueTable(queue => queue with { WrapUp = TimeSpan.FromSeconds(15) }).Joins("anna").After(20).Fails("anna").After(4).Answers("11", "anna").After(90).HangsUp("11");
        var failed = table.History.OfType<DistributorEvent.OfferFailed>().Single();
        Assert.Equal((TimeSpan.FromSeconds(20), new MissedOffer(QueueTable.Id("10"), "no-answer")), (failed.Rang, failed.Missed.Single()));
        var answered = table.History.OfType<DistributorEvent.Answered>().Single();
        Assert.Equal((TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(4), new DateOnly(2026, 1, 1)), (answered.Waited, answered.Rang, answered.Day));
        var ended = table.History.OfType<DistributorEvent.TalkEnded>().Single();
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(15)), (ended.Talked, ended.WrapUp));
    }

    [Fact]
    public void Who_wraps_up_gets_no_call_before_he_is_done()
    {
        var table = new QueueTable(queue => queue with { WrapUp = TimeSpan.FromSeconds(15), Consultants = [new(QueueTable.Id("10"))] });
        table.Joins("anna").Answers("10", "anna").HangsUp("10").Joins("bert");
        Assert.Equal("", table.Ringing);
        Assert.Equal(table.Now + TimeSpan.FromSeconds(1), NextLook.After(table.State, table.World, table.Now));
        Assert.Equal("", table.After(14).Ringing);
        Assert.Equal("10:bert", table.After(1).Ringing);
        Assert.Contains(table.History, one => one is DistributorEvent.WrapUpEnded);
    }

    [Fact]
    public void The_average_begins_with_the_first_talk_and_follows()
    {
        var table = new QueueTable().Joins("anna").Answers("10", "anna").After(80).HangsUp("10");
        Assert.Equal(TimeSpan.FromSeconds(80), table.Queue.AverageHandling);
        table.Joins("bert").Answers("10", "bert").After(160).HangsUp("10");
        Assert.Equal(TimeSpan.FromSeconds(90), table.Queue.AverageHandling);
    }

    [Theory]
    [InlineData("no-answer", true)]
    [InlineData("declined", true)]
    [InlineData("not-accepted", true)]
    [InlineData("busy", false)]
    [InlineData("unreachable", false)]
    [InlineData("cancelled", false)]
    public void Who_ignores_calls_is_paused_and_who_could_not_be_reached_is_not(string cause, bool paused)
    {
        var table = new QueueTable(queue => queue with { PauseAfterMisses = 2, Consultants = [new(QueueTable.Id("10"))] });
        table.Joins("anna").Fails("anna", cause).After(5).Fails("anna", cause);
        Assert.Equal(paused, table.Queue.Paused.GetValueOrDefault(QueueTable.Id("10")) is { Automatic: true, Reason: "missed-calls" });
        Assert.Equal(paused ? "" : "10:anna", table.After(5).Ringing);
        if (!paused) return;

        table.LogsIn("10"); // he is there
        Assert.Equal("10:anna", table.Ringing);
        table.Fails("anna");
        Assert.Empty(table.Queue.Paused); // the count begins anew
    }

    [Fact]
    public void Who_is_no_consultant_any_more_begins_anew_when_he_is_one_again()
    {
        var ten = QueueTable.Id("10");
        var state = new QueueState(ExtensionNumber.Parse("1000")).WithTally(ten, tally => tally with { Missed = 3 }) with
        {
            Paused = ImmutableSortedDictionary<ConsultantId, ConsultantPause>.Empty.Add(ten, new ConsultantPause("missed-calls", default) { Automatic = true }),
        };
        var before = new DistributorState { Queues = ImmutableSortedDictionary<ExtensionNumber, QueueState>.Empty.Add(state.Number, state) };
        var after = DistributorApply.Apply(before, new DistributorEvent.Forgot(state.Number, [], [], [ten], default));
        Assert.Empty(after.Queues[state.Number].Paused);
        Assert.Equal(0, after.Queues[state.Number].Tallies[ten].Missed);
    }

    [Fact]
    public void An_answer_between_two_misses_forgives_them()
    {
        var table = new QueueTable(queue => queue with { PauseAfterMisses = 2, Consultants = [new(QueueTable.Id("10"))] });
        table.Joins("anna").Fails("anna").After(5).Answers("10", "anna").HangsUp("10").Joins("bert").Fails("bert");
        Assert.Empty(table.Queue.Paused);
    }

    [Fact]
    public void A_late_failure_does_not_end_the_next_offer()
    {
        var table = new QueueTable().Joins("anna");
        var late = new DistributorCommand.OfferFailed(QueueTable.Ticket("anna"), 1, [], table.Now);
        table.Says(late).Says(late);
        Assert.Empty(table.Last.Events);
        Assert.Equal("11:anna", table.Ringing);
    }

    [Fact]
    public void A_lost_call_frees_its_consultant_without_wrapping_up()
    {
        var table = new QueueTable(queue => queue with { WrapUp = TimeSpan.FromSeconds(15) }).Joins("anna").Answers("10", "anna").Leaves("anna", QueueExit.Lost);
        Assert.Empty(table.State.Consultants);
        Assert.IsType<DistributorEvent.Released>(table.Last.Events.Single());
    }

    [Fact]
    public void Who_took_the_call_of_a_colleague_talks()
    {
        var table = new QueueTable().Joins("anna").Answers("99", "anna"); // picked up
        Assert.Equal(("", "99:anna"), (table.Ringing, table.Talking));
    }

    [Fact]
    public void A_call_that_is_asked_as_it_ends_does_not_take_its_consultant_from_the_next_caller()
    {
        var table = new QueueTable(queue => queue with { Consultants = [new(QueueTable.Id("10"))] });
        table.Joins("anna").Joins("bert").Answers("10", "anna").HangsUp("10");
        Assert.Equal("10:bert", table.Ringing);
        table.Says(new DistributorCommand.Answered(QueueTable.Ticket("anna"), QueueTable.Sales, 1, QueueTable.Id("10"), table.Now));
        table.Says(new DistributorCommand.TalkEnded(QueueTable.Ticket("anna"), QueueTable.Sales, QueueTable.Id("10"), table.Now));
        Assert.Equal(("10:bert", ""), (table.Ringing, table.Talking));
        Assert.Single(table.History.OfType<DistributorEvent.Answered>()); // nor does it count twice
    }

    [Fact]
    public void What_is_only_remembered_by_the_call_is_believed()
    {
        var table = new QueueTable();
        table.Says(new DistributorCommand.Answered(QueueTable.Ticket("anna"), QueueTable.Sales, 7, QueueTable.Id("10"), table.Now)).Joins("bert");
        Assert.Equal(("10:anna", "11:bert"), (table.Talking, table.Ringing));
    }
}
