using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>Whoever is dialled outside in vain rests, whoever waits for him.</summary>
public sealed class RestTests
{
    static readonly ConsultantId _mobile = ConsultantId.Of(new ExternalNumberId("mob"));

    readonly QueueTable _table = new(queue => queue with { Consultants = [new(QueueTable.Id("11")), new(_mobile)], RetryPause = TimeSpan.FromSeconds(5) });

    public RestTests() => _table.World.Away.Add(QueueTable.Id("11"));

    [Theory]
    [InlineData("unreachable")]
    [InlineData("busy")]
    [InlineData("no-answer")]
    [InlineData("no-trunk")]
    public void A_mobile_that_cannot_be_had_is_dialled_ever_more_seldom_however_many_wait(string cause)
    {
        _table.Joins("anna").Joins("bert");
        Assert.Equal([0, 5, 15, 35, 75, 155, 275, 395], Dialled(400, cause));
    }

    [Fact]
    public void It_rests_for_other_queues_too()
    {
        _table.Set(queue => queue with { Consultants = [new(_mobile)] }, QueueTable.Service);
        _table.Joins("anna").Fails("anna", "unreachable").Joins("bert", queue: QueueTable.Service);
        Assert.Equal("", _table.After(4).Ringing);
        Assert.Equal("external:mob:anna", _table.After(1).Ringing); // who came first
    }

    [Fact]
    public void One_of_several_who_ring_rests_while_the_others_ring_on()
    {
        _table.World.Away.Clear();
        _table.Set(queue => queue with { Strategy = QueueStrategy.All }).Joins("anna");
        _table.Says(new DistributorCommand.Declined(QueueTable.Ticket("anna"), 1, new MissedOffer(_mobile, "unreachable"), _table.Now)).Joins("bert");
        Assert.Equal("11:anna", _table.Ringing);
        Assert.Equal("11:anna external:mob:bert", _table.After(5).Ringing);
    }

    [Fact]
    public void An_answer_ends_it_and_the_next_failure_is_the_first()
    {
        _table.Joins("anna").Fails("anna", "busy").After(5).Fails("anna", "busy").After(10).Answers("external:mob", "anna");
        Assert.Empty(_table.State.Resting);
        _table.HangsUp("external:mob").Joins("bert").Fails("bert", "busy");
        Assert.Equal((1, TimeSpan.FromSeconds(5)), (_table.State.Resting[_mobile].Failures, _table.State.Resting[_mobile].Until - _table.Now));
    }

    [Fact]
    public void Logging_in_ends_it()
    {
        _table.Joins("anna").Fails("anna", "busy").After(5).Fails("anna", "busy");
        Assert.Equal("", _table.Ringing);
        Assert.Equal("", _table.LogsIn("external:mob").Ringing); // the caller's own pause goes on
        Assert.Empty(_table.State.Resting);
        Assert.Equal("external:mob:anna", _table.After(5).Ringing);
    }

    [Fact]
    public void Long_after_it_the_next_failure_is_the_first()
    {
        _table.Joins("anna").Fails("anna", "busy").After(5).Fails("anna", "busy").Leaves("anna").After(611).Joins("bert").Fails("bert", "busy");
        Assert.Equal(1, _table.State.Resting[_mobile].Failures);
    }

    [Fact]
    public void A_caller_who_gave_up_says_nothing_of_him()
    {
        _table.Joins("anna").Fails("anna", "cancelled");
        Assert.Empty(_table.State.Resting);
    }

    [Fact]
    public void An_extension_whose_forward_led_outside_rests_as_well()
    {
        _table.World.Away.Clear();
        _table.Joins("anna").Joins("bert");
        _table.Says(new DistributorCommand.OfferFailed(
            _table.OfferOf("anna").Ticket, _table.OfferOf("anna").Number, [new MissedOffer(QueueTable.Id("11"), "unreachable") { Outside = true }], _table.Now));
        Assert.Equal("external:mob:bert", _table.After(2).Ringing);
        Assert.Equal("11:anna external:mob:bert", _table.After(3).Ringing);
    }

    [Fact]
    public void The_live_view_says_why_and_until_when()
    {
        _table.Joins("anna").Fails("anna", "unreachable").After(5).Fails("anna", "unreachable");
        var why = NotRung.Now(_table.State, _table.World, _table.World.Queues[QueueTable.Sales], _mobile, _table.Now);
        Assert.Equal(new NotRung("unreachable", "was dialled in vain 2 times (unreachable)", _table.Now.AddSeconds(10)), why);
        Assert.Null(NotRung.Now(_table.State, _table.World, _table.World.Queues[QueueTable.Sales], _mobile, _table.Now.AddSeconds(10)));
    }

    [Fact]
    public void The_caller_is_told_who_was_passed_over_and_why()
    {
        Assert.Equal("11 (no phone is registered)", PassedOver(_table.Joins("anna"), "anna"));
        _table.World.Away.Clear();
        _table.Set(queue => queue with { Consultants = [new(_mobile), .. QueueTable.Ids("10", "11", "12", "13").Select(id => new LinkedConsultant(id))] });
        _table.Fails("anna", "unreachable"); // 10 is rung
        _table.Pauses("11").LogsOut("12").Joins("bert");
        Assert.Equal(
            "external:mob (was dialled in vain (unreachable), rests for 5 s), 10 (is being rung), 11 (paused), 12 (logged out)", PassedOver(_table, "bert"));
    }

    [Fact]
    public void Of_many_who_are_passed_over_the_first_are_named()
    {
        var ids = Enumerable.Range(20, 8).Select(number => QueueTable.Id($"{number}")).ToList();
        _table.World.Away.UnionWith(ids);
        _table.Set(queue => queue with { Strategy = QueueStrategy.LongestIdle, Consultants = [new(_mobile), .. ids.Select(id => new LinkedConsultant(id))] });
        var said = PassedOver(_table.Joins("anna"), "anna");
        Assert.StartsWith("20 (no phone is registered), 21 (", said, StringComparison.Ordinal);
        Assert.EndsWith("24 (no phone is registered) and others", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_passed_over_who_stands_behind()
    {
        _table.World.Away.Add(_mobile);
        _table.World.Away.Remove(QueueTable.Id("11"));
        Assert.Null(PassedOver(_table.Joins("anna"), "anna"));
    }

    static string? PassedOver(QueueTable table, string call) => table.Told(call).OfType<QueueNotice.Offer>().Single().PassedOver;

    /// <summary>The seconds at which the mobile is dialled; it fails at once.</summary>
    List<int> Dialled(int seconds, string cause)
    {
        var (begun, at) = (_table.Now, new List<int>());
        for (var second = 0; second <= seconds; second++)
        {
            for (var times = 0; _table.Ringing.Length > 0 && times < 10; times++)
            {
                at.Add((int)Math.Round((_table.Now - begun).TotalSeconds));
                _table.Fails(_table.Ringing.Split(':')[^1], cause);
            }

            _table.After(1);
        }

        return at;
    }
}
