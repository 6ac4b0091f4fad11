using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Tenants;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>What happens on Sunday at 22:00 to a caller from +44, without a call.</summary>
public sealed class SchemeSimulationTests
{
    static readonly SchemeGraph _infoline = Graph(
        new TimeConditionElement
        {
            Id = new("hours"),
            Periods = [Period("open") with { Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday], Times = [Between("08:00", "16:00")] }],
            Exits = To(("open", "menu"), ("otherwise", "closed")),
        },
        new MenuElement { Id = new("menu"), Sound = Welcome, DialExtensions = true, Retries = 1, Exits = To(("1", "sales"), ("2", "outside"), ("timeout", "end"), ("invalid", "end")) },
        Extension("sales", "11", ("busy", "outside"), ("noAnswer", "group")),
        new RingGroupElement { Id = new("group"), Strategy = RingStrategy.InOrder, Members = [Ext("12"), Ext("13")], Exits = To(("noAnswer", "end")) },
        new ExternalNumberElement { Id = new("outside"), Number = Office.Id },
        Announcement("closed", "end"),
        Hangup());

    readonly SchemeTable _table = new SchemeTable().At("2026-11-23 10:00");

    [Fact]
    public void On_Sunday_at_ten_in_the_evening_the_caller_hears_that_it_is_closed()
    {
        var run = _table.At("2026-11-22 22:00").Run(_infoline, "");
        Assert.Equal(["hours:otherwise", "closed:", "closed:next", "end:"], Path(run));
        Assert.Equal(Welcome, Assert.Single(run.Heard));
        Assert.Equal("scheme-ended", Assert.IsType<SimulatedEnd.Ended>(run.End).Cause.Code);
    }

    [Fact]
    public void A_key_leads_to_whom_it_rings()
    {
        var run = _table.Run(_infoline, "1");
        Assert.Equal(["hours:open", "menu:", "menu:", "menu:", "menu:1", "sales:"], Path(run)); // after the 1 it might go on as an extension
        Assert.Equal("11", Assert.IsType<SimulatedEnd.Answered>(run.End).By);
    }

    [Fact]
    public void Somebody_busy_leads_outside_at_a_price_per_minute()
    {
        var run = _table.Run(_infoline, "1", ("11", Callee.Busy));
        var ring = run.Rings[^1];
        Assert.Equal((Office.Number.Value, "Polska Komórka", 0.11m), (Assert.Single(ring.Whom), ring.Destination!.Split(" - ")[0], ring.PerMinute!.Value.Net));
        Assert.Equal(Landline.Value, ring.Shown.Number);
        Assert.Equal(Office.Number.Value, Assert.IsType<SimulatedEnd.Answered>(run.End).By);
    }

    [Theory]
    [InlineData(true, "+48600100200")]
    [InlineData(false, "+48943401128")] // no carrier takes a foreign number: the company's goes out
    public void The_number_is_shown_that_the_trunk_may_show(bool foreign, string shown)
    {
        _table.Tenant = _table.Tenant with { ExternalNumbers = _table.Tenant.ExternalNumbers.SetItem(Office.Id, Office with { Presentation = NumberPresentation.Passive }) };
        _table.House.Trunks = [.. _table.House.Trunks.Select(trunk => trunk with { CallerId = trunk.CallerId with { AllowsForeign = foreign } })];
        var ring = Assert.Single(_table.Run(_infoline, "2").Rings);
        Assert.Equal(shown, ring.Shown.Number);

        _table.House.Tenant = _table.Tenant with { PhoneNumbers = _table.Tenant.PhoneNumbers.SetItem(Landline, new PhoneNumber(Landline) { ForwardTo = new ForwardTarget.ToExternalNumber(Office.Id) }) };
        _table.House.Dial(Landline.Value, new CallOrigin.Trunk("first", Landline, "+48600100200", null));
        _table.House.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.Equal(shown, _table.House.Invite(1).Sent.Request.From.Uri.User); // as on a real call
    }

    [Fact]
    public void A_number_that_is_busy_or_away_ends_the_call_with_its_cause()
    {
        Assert.Equal(EndCause.Busy, Assert.IsType<SimulatedEnd.Ended>(_table.Run(_infoline, "2", ("office", Callee.Busy)).End).Cause);
        Assert.Equal(EndCause.Unreachable, Assert.IsType<SimulatedEnd.Ended>(_table.Run(_infoline, "2", ("office", Callee.Unreachable)).End).Cause);
    }

    [Fact]
    public void Time_passes_while_somebody_rings_in_vain()
    {
        var run = _table.Run(_infoline, "1", ("11", Callee.NoAnswer), ("12", Callee.NoAnswer));
        Assert.Equal(["11", "12", "13"], run.Rings.Select(ring => ring.Whom.Single()));
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(48), TimeSpan.FromSeconds(68)], run.Rings.Select(ring => ring.At - _table.Now));
    }

    [Fact]
    public void Forwards_of_an_extension_are_followed()
    {
        var eleven = _table.Tenant.Extensions[Ext("11")];
        _table.Tenant = _table.Tenant with { Extensions = _table.Tenant.Extensions.SetItem(eleven.Number, eleven with { Forwards = new(NoAnswer: new DialledNumber.Internal(Ext("13"))) }) };
        Assert.Equal("13", Assert.IsType<SimulatedEnd.Answered>(_table.Run(_infoline, "1", ("11", Callee.NoAnswer)).End).By);
    }

    [Fact]
    public void An_extension_is_dialled_digit_by_digit() => Assert.Equal("12", Assert.IsType<SimulatedEnd.Answered>(_table.Run(_infoline, "12").End).By);

    [Fact]
    public void Nothing_pressed_takes_the_way_of_the_timeout() =>
        Assert.Equal(["hours:open", "menu:", "menu:", "menu:", "menu:", "menu:timeout", "end:"], Path(_table.Run(_infoline, "")));

    [Fact]
    public void Who_does_nothing_and_goes_round_is_left_after_a_while()
    {
        var round = Graph(Announcement("again", "again"));
        Assert.IsType<SimulatedEnd.Unfinished>(_table.Run(round, "").End);
    }

    static IEnumerable<string> Path(SimulatedRun run) => run.Path.Select(step => $"{step.Decision.Element}:{step.Decision.Exit}");

    static ExtensionNumber Ext(string number) => ExtensionNumber.Parse(number);
}

static class SimulatedCalls
{
    public static SimulatedRun Run(this SchemeTable table, SchemeGraph graph, string digits, params (string Who, Callee Does)[] callees) => SchemeSimulation.Run(
        new SimulatedCall(new SchemePosition(Id, 1, graph.Start, table.Caller) { Inline = graph }, table.Now)
        {
            Dialled = Landline,
            Digits = digits,
            Callees = callees.ToImmutableDictionary(callee => callee.Who, callee => callee.Does),
        },
        table.Tenant, table.House, new DialPlanOptions(TimeSpan.FromSeconds(60), 5));
}
