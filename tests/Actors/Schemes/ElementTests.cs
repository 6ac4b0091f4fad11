using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>What each element does with a caller, news by news.</summary>
public sealed class ElementTests
{
    static readonly ElementNews _busy = new ElementNews.NotReached(EndCause.Busy);
    static readonly ElementNews _noAnswer = new ElementNews.NotReached(EndCause.NoAnswer);

    static readonly CallerConditionElement _callers = new()
    {
        Id = new("who"),
        Rules =
        [
            new() { Exit = "vip", Numbers = [E164.Parse("+48600100200")] },
            new() { Exit = "abroad", Prefixes = ["+44", "+49"] },
            new() { Exit = "inside", Prefixes = ["1"] },
            new() { Exit = "withheld", Anonymous = true },
        ],
    };

    [Theory]
    [InlineData("+48600100200", false, "vip")]
    [InlineData("+48600100201", false, "otherwise")]
    [InlineData("+442071234567", false, "abroad")]
    [InlineData("12", false, "inside")]
    [InlineData(null, false, "withheld")]
    [InlineData("+48600100200", true, "withheld")] // whatever the carrier may know
    public void A_caller_takes_the_exit_of_the_first_rule_that_fits(string? number, bool hidden, string exit) =>
        Assert.Equal(exit, new SchemeTable { Caller = new(number, null, hidden) }.ExitOf(_callers));

    [Fact]
    public void A_group_rings_everybody_who_is_free_at_once()
    {
        var table = new SchemeTable();
        table.House.Phones.Remove("12");
        var ring = Assert.IsType<ElementStep.Ring>(table.Enter(Group(RingStrategy.All, "11", "12", "13")));
        Assert.Equal(["11", "13"], Assert.IsType<RouteStep.RingGroup>(ring.Route.Next).Extensions.ToArray());
        Assert.Equal("noAnswer", Assert.IsType<ElementStep.Leave>(Group(RingStrategy.All, "11").Next(ring.Memory, _noAnswer, table.Context)).Exit);
    }

    [Fact]
    public void A_group_in_order_rings_one_after_the_other_and_passes_over_who_cannot_be_rung()
    {
        var table = new SchemeTable();
        table.House.Phones.Remove("12");
        Assert.Equal(["11", "13"], Rung(table, Group(RingStrategy.InOrder, "11", "12", "13")));
    }

    [Fact]
    public void A_group_in_rounds_begins_again_at_the_top()
    {
        var table = new SchemeTable();
        Assert.Equal(["11", "12", "11", "12"], Rung(table, Group(RingStrategy.Rounds, "11", "12") with { Rounds = 2 }));
    }

    [Fact]
    public void A_round_in_which_nobody_can_be_rung_is_the_last()
    {
        var table = new SchemeTable();
        table.House.Phones.Clear();
        Assert.Equal("noAnswer", table.ExitOf(Group(RingStrategy.Rounds, "11", "12") with { Rounds = 10 }));
        Assert.Equal("noAnswer", table.ExitOf(Group(RingStrategy.All, "11", "12")));
    }

    [Fact]
    public void Each_member_rings_as_long_as_the_group_says()
    {
        var ring = (ElementStep.Ring)new SchemeTable().Enter(Group(RingStrategy.InOrder, "11", "12") with { RingSeconds = 7 });
        Assert.Equal(TimeSpan.FromSeconds(7), ((RouteStep.RingGroup)ring.Route.Next).For);
    }

    [Fact]
    public void An_external_number_is_dialled_and_shows_the_number_that_was_called()
    {
        var ring = Assert.IsType<ElementStep.Ring>(new SchemeTable().Enter(External("office")));
        var dial = Assert.IsType<RouteStep.Dial>(ring.Route.Next);
        Assert.Equal((Office.Number.Value, Landline.Value), (dial.Number, dial.From.Number));
    }

    [Theory]
    [InlineData("busy", "busy")]
    [InlineData("declined", "busy")]
    [InlineData("no-answer", "noAnswer")]
    [InlineData("no-trunk", "unavailable")]
    public void An_external_number_that_is_not_reached_says_why_by_its_exit(string cause, string exit) => Assert.Equal(
        exit, Assert.IsType<ElementStep.Leave>(External("office").Next(ElementMemory.Empty, new ElementNews.NotReached(new(cause, 480, cause)), new SchemeTable().Context)).Exit);

    [Fact]
    public void An_external_number_that_is_gone_is_unavailable() => Assert.Equal("unavailable", new SchemeTable().ExitOf(External("gone")));

    [Fact]
    public void A_jump_goes_to_the_start_of_the_other_scheme_in_its_current_version()
    {
        var table = new SchemeTable().Has(new("night"), Graph(Announcement("closed", "end"), Hangup()));
        var graph = Graph(new JumpElement { Id = new("go"), Scheme = new("night") });
        var move = SchemeWalk.Next(new SchemePosition(Id, 1, new("go"), table.Caller) { Inline = graph }, new ElementNews.Entered(), table.Context);
        Assert.Equal((new SchemeId("night"), 1, new ElementId("closed")), (move.At.Scheme, move.At.Version, move.At.Element));
        Assert.IsType<ElementStep.Play>(move.Step);
    }

    [Fact]
    public void A_busy_extension_takes_its_busy_exit() =>
        Assert.Equal("busy", Assert.IsType<ElementStep.Leave>(Extension("e", "11").Next(ElementMemory.Empty, _busy, new SchemeTable().Context)).Exit);

    static ExternalNumberElement External(string id) => new() { Id = new("outside"), Number = new(id) };

    /// <summary>Whom the group rings, one after the other, when nobody answers.</summary>
    static List<string> Rung(SchemeTable table, RingGroupElement group)
    {
        var rung = new List<string>();
        var step = table.Enter(group);
        while (step is ElementStep.Ring(var route, _))
        {
            rung.Add(Assert.Single(Assert.IsType<RouteStep.RingGroup>(route.Next).Extensions));
            step = group.Next(step.Memory, _noAnswer, table.Context);
        }

        Assert.Equal("noAnswer", Assert.IsType<ElementStep.Leave>(step).Exit);
        return rung;
    }
}
