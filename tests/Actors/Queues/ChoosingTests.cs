using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>Who is rung for whom (PRODUCT §5).</summary>
public sealed class ChoosingTests
{
    [Fact]
    public void Each_call_starts_at_the_top_of_the_list()
    {
        var table = new QueueTable().Joins("anna").Answers("10", "anna").HangsUp("10").Joins("bert");
        Assert.Equal("10:bert", table.Ringing);
    }

    [Fact]
    public void First_come_first_served()
    {
        var table = new QueueTable();
        table.World.Away.UnionWith(QueueTable.Ids("10", "11", "12"));
        table.Joins("anna").Joins("bert").Joins("carl");
        Assert.Equal(("", "anna bert carl"), (table.Ringing, table.Waiting));
        table.World.Away.Remove(QueueTable.Id("12"));
        Assert.Equal("12:anna", table.After(1).Ringing);
        table.World.Away.Clear();
        Assert.Equal("10:bert 11:carl 12:anna", table.After(1).Ringing);
    }

    [Fact]
    public void Who_joins_late_with_an_older_place_has_it()
    {
        var table = new QueueTable();
        table.World.Away.UnionWith(QueueTable.Ids("10", "11", "12"));
        table.Joins("anna").Joins("bert").Joins("carl", since: QueueTable.Noon);
        Assert.Equal("carl anna bert", table.Waiting);
    }

    [Fact]
    public void All_are_rung_at_once_and_one_gets_the_call()
    {
        var table = new QueueTable(queue => queue with { Strategy = QueueStrategy.All }).Joins("anna");
        Assert.Equal("10:anna 11:anna 12:anna", table.Ringing);
        table.Answers("11", "anna").Joins("bert");
        Assert.Equal(("11:anna", "10:bert 12:bert"), (table.Talking, table.Ringing));
    }

    [Fact]
    public void One_of_several_who_declines_is_free_for_others_at_once()
    {
        var table = new QueueTable(queue => queue with { Strategy = QueueStrategy.All }).Joins("anna");
        table.Says(new DistributorCommand.Declined(QueueTable.Ticket("anna"), 1, new MissedOffer(QueueTable.Id("10"), "declined"), table.Now)).Joins("bert");
        Assert.Equal("10:bert 11:anna 12:anna", table.Ringing);
    }

    [Fact]
    public void Round_robin_goes_on_behind_who_was_rung_last()
    {
        var table = new QueueTable(queue => queue with { Strategy = QueueStrategy.RoundRobin });
        foreach (var expected in new[] { "10", "11", "12", "10" })
        {
            table.Joins("anna" + expected);
            Assert.Equal($"{expected}:anna{expected}", table.Ringing);
            table.Leaves("anna" + expected);
        }

        table.World.Away.Add(QueueTable.Id("11"));
        Assert.Equal("12:bert", table.Joins("bert").Ringing);
    }

    [Fact]
    public void Who_is_idle_the_longest_is_rung_and_who_never_talked_before_all()
    {
        var table = new QueueTable(queue => queue with { Strategy = QueueStrategy.LongestIdle });
        foreach (var who in new[] { "10", "11", "12" }) table.Joins("first" + who).Answers(who, "first" + who).After(10);
        table.HangsUp("11").After(1).HangsUp("12").After(1).HangsUp("10").After(1);
        foreach (var who in new[] { "11", "12", "10" }) Assert.Equal($"{who}:then{who}", table.Joins("then" + who).Leaves("x").Ringing.Split(' ').First(one => one.EndsWith("then" + who, StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_took_the_fewest_calls_today_is_rung()
    {
        var table = new QueueTable(queue => queue with { Strategy = QueueStrategy.FewestCalls });
        foreach (var who in new[] { "10", "11", "12", "10" }) table.Joins("a").Answers(who, "a").HangsUp(who);
        Assert.Equal("11:bert", table.Joins("bert").Ringing);
        table.Leaves("bert").World.Day = new DateOnly(2026, 1, 2); // a new day: the order decides again
        Assert.Equal("10:carl", table.Joins("carl").Ringing);
    }

    [Fact]
    public void Random_takes_everybody_in_turn_and_says_the_same_for_the_same_offer()
    {
        string Rung(string call) => new QueueTable(queue => queue with { Strategy = QueueStrategy.Random }).Joins(call).Ringing.Split(':')[0];
        var drawn = Enumerable.Range(0, 200).Select(i => Rung($"call{i}")).ToList();
        Assert.All(drawn.CountBy(who => who), one => Assert.InRange(one.Value, 30, 110));
        Assert.Equal(3, drawn.Distinct().Count());
        Assert.Equal(drawn, Enumerable.Range(0, 200).Select(i => Rung($"call{i}")));
    }

    [Fact]
    public void Priority_decides_for_skills_and_none_comes_last()
    {
        var table = new QueueTable(queue => queue with
        {
            Strategy = QueueStrategy.Skills,
            Consultants = [Link("10", 0), Link("11", 2), Link("12", 1)],
        });
        foreach (var (call, who) in new[] { ("anna", "12"), ("bert", "11"), ("carl", "10") })
            Assert.Contains($"{who}:{call}", table.Joins(call).Ringing, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_caller_goes_first_only_where_the_earlier_needs_another_skill()
    {
        var table = new QueueTable(queue => queue with { Consultants = [Link("10"), Link("11", skills: "fr")] });
        table.World.Away.Add(QueueTable.Id("11"));
        table.Joins("anna", "fr").Joins("bert");
        Assert.Equal("10:bert", table.Ringing);
        table.World.Away.Clear();
        Assert.Equal("10:bert 11:anna", table.After(1).Ringing);
    }

    [Fact]
    public void A_consultant_who_did_not_take_a_call_rests_from_it_for_the_pause()
    {
        var table = new QueueTable(queue => queue with { Consultants = [Link("10")], RetryPause = TimeSpan.FromSeconds(5) });
        Assert.Equal("", table.Joins("anna").Fails("anna").Ringing);
        Assert.Equal("", table.After(4).Ringing);
        Assert.Equal("10:anna", table.After(1).Ringing);
    }

    [Fact]
    public void The_pause_lets_nobody_be_overtaken_and_is_over_as_soon_as_another_would_get_him()
    {
        var table = new QueueTable(queue => queue with { Consultants = [Link("10")], RetryPause = TimeSpan.FromMinutes(5) });
        table.Joins("anna").Joins("bert").Fails("anna");
        Assert.Equal("", table.Ringing); // not bert's
        Assert.Equal("", table.After(0.9).Ringing); // phones that refuse at once are not rung without end
        Assert.Equal("10:anna", table.After(0.1).Ringing);
    }

    [Fact]
    public void Of_several_who_missed_a_call_none_idles_while_others_wait()
    {
        var table = new QueueTable(queue => queue with { Consultants = [Link("10"), Link("11")], RetryPause = TimeSpan.FromMinutes(5) });
        table.Joins("anna").Fails("anna").Fails("anna");
        Assert.Equal("", table.After(10).Ringing);
        Assert.Equal("10:anna 11:bert", table.Joins("bert").Ringing);
    }

    [Fact]
    public void Whom_the_earliest_does_not_need_is_rung_for_the_next_and_not_for_the_last()
    {
        var table = new QueueTable(queue => queue with { Consultants = [Link("10"), Link("11")], RetryPause = TimeSpan.FromMinutes(5) });
        table.Joins("anna").Joins("bert").Fails("anna").Fails("bert").After(1).Fails("anna").Fails("bert"); // both have been missed by both
        Assert.Equal("", table.After(10).Ringing);
        Assert.Equal("10:anna 11:bert", table.Joins("carl").Ringing);
    }

    [Fact]
    public void The_pause_goes_on_where_whoever_waits_besides_cannot_be_helped_by_him()
    {
        var table = new QueueTable(queue => queue with { Consultants = [Link("10")], RetryPause = TimeSpan.FromSeconds(5) });
        Assert.Equal("", table.Joins("anna").Joins("bert", "fr").Fails("anna").After(4).Ringing);
        Assert.Equal("10:anna", table.After(1).Ringing);
    }

    [Fact]
    public void Who_has_not_been_tried_is_rung_without_a_pause()
    {
        var table = new QueueTable().Joins("anna").Fails("anna");
        Assert.Equal("11:anna", table.Ringing);
        Assert.Equal("12:anna", table.Fails("anna").Ringing);
        Assert.Equal("", table.Fails("anna").Ringing);
        Assert.Equal("10:anna", table.After(5).Ringing);
        Assert.Equal("11:anna", table.Fails("anna").Ringing); // the second round is as the first
    }

    [Fact]
    public void The_heavier_queue_goes_first_and_of_equal_ones_whoever_waits_longer()
    {
        var table = new QueueTable();
        table.Set(queue => queue with { Consultants = [Link("10")] }).Set(queue => queue with { Consultants = [Link("10")], Weight = 5 }, QueueTable.Service);
        table.World.Away.Add(QueueTable.Id("10"));
        table.Joins("anna").Joins("bert", queue: QueueTable.Service);
        table.World.Away.Clear();
        Assert.Equal("10:bert", table.After(1).Ringing);

        table.Leaves("bert").Set(queue => queue with { Weight = 0 }, QueueTable.Service).Leaves("anna");
        table.World.Away.Add(QueueTable.Id("10"));
        table.Joins("anna").Joins("bert", queue: QueueTable.Service);
        table.World.Away.Clear();
        Assert.Equal("10:anna", table.After(1).Ringing);
    }

    static LinkedConsultant Link(string who, int priority = 0, params string[] skills) => new(QueueTable.Id(who)) { Priority = priority, Skills = [.. skills] };
}
