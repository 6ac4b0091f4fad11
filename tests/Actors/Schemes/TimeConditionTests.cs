using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Warunki czasowe by the company's own clock: weekdays, hours, dates, holidays, switches, and the two nights on which clocks are changed.</summary>
public sealed class TimeConditionTests
{
    static readonly DayOfWeek[] _workdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    static readonly TimeConditionElement _office = With(
        Period("closed") with { PublicHolidays = HolidayUse.Included, Yearly = [EveryYear("12-31", "01-02")] },
        Period("open") with { Weekdays = [.. _workdays], Times = [Between("08:00", "16:00")] },
        Period("duty") with { Weekdays = [DayOfWeek.Friday], Times = [Between("22:00", "06:00")] });

    [Theory]
    [InlineData("2026-11-23 08:00", "open")] // Monday
    [InlineData("2026-11-23 15:59:59", "open")]
    [InlineData("2026-11-23 16:00", "otherwise")]
    [InlineData("2026-11-23 07:59", "otherwise")]
    [InlineData("2026-11-22 12:00", "otherwise")] // Sunday
    [InlineData("2026-11-27 22:00", "duty")] // Friday, over midnight
    [InlineData("2026-11-28 05:59", "duty")]
    [InlineData("2026-11-28 06:00", "otherwise")]
    [InlineData("2026-11-28 22:30", "otherwise")] // Saturday: the hours begin on Friday only
    [InlineData("2026-11-27 05:00", "otherwise")] // early Friday is no Friday night
    [InlineData("2026-11-11 10:00", "closed")] // Independence Day, a Wednesday
    [InlineData("2025-12-24 10:00", "closed")] // free since 2025
    [InlineData("2024-12-24 10:00", "open")]
    [InlineData("2026-04-06 10:00", "closed")] // Easter Monday
    [InlineData("2026-06-04 10:00", "closed")] // Corpus Christi
    [InlineData("2026-12-31 10:00", "closed")] // every year, over New Year
    [InlineData("2027-01-02 10:00", "closed")]
    [InlineData("2027-01-04 10:00", "open")]
    public void A_moment_falls_into_the_first_period_that_holds(string local, string exit) => Assert.Equal(exit, new SchemeTable().At(local).ExitOf(_office));

    [Fact]
    public void Excluded_holidays_are_not_in_a_period()
    {
        var element = With(Period("open") with { Weekdays = [.. _workdays], PublicHolidays = HolidayUse.Excluded });
        Assert.Equal("otherwise", new SchemeTable().At("2026-11-11 10:00").ExitOf(element));
        Assert.Equal("open", new SchemeTable().At("2026-11-12 10:00").ExitOf(element));
    }

    [Fact]
    public void Dates_hold_in_their_year_only()
    {
        var element = With(Period("move") with { Dates = [new(new(2026, 5, 4), new(2026, 5, 5))] });
        Assert.Equal("move", new SchemeTable().At("2026-05-05 23:59").ExitOf(element));
        Assert.Equal("otherwise", new SchemeTable().At("2026-05-06 00:00").ExitOf(element));
        Assert.Equal("otherwise", new SchemeTable().At("2027-05-05 12:00").ExitOf(element));
    }

    /// <summary>In Poland clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October 2026.</summary>
    [Theory]
    [InlineData("2026-03-29T00:59:59Z", "otherwise")] // 01:59:59
    [InlineData("2026-03-29T01:00:00Z", "otherwise")] // 03:00, the hour from two to three is not there
    [InlineData("2026-10-25T00:00:00Z", "night")] // 02:00 summer time
    [InlineData("2026-10-25T00:59:59Z", "night")]
    [InlineData("2026-10-25T01:00:00Z", "night")] // 02:00 again, winter time
    [InlineData("2026-10-25T01:59:59Z", "night")]
    [InlineData("2026-10-25T02:00:00Z", "otherwise")] // 03:00
    public void On_the_nights_on_which_clocks_are_changed_the_clock_on_the_wall_decides(string utc, string exit)
    {
        var table = new SchemeTable { Now = DateTimeOffset.Parse(utc, null) };
        Assert.Equal(exit, table.ExitOf(With(Period("night") with { Times = [Between("02:00", "03:00")] })));
    }

    [Fact]
    public void Hours_open_an_hour_earlier_by_UTC_in_summer()
    {
        var element = With(Period("open") with { Times = [Between("08:00", "16:00")] });
        Assert.Equal("open", new SchemeTable { Now = DateTimeOffset.Parse("2026-07-01T06:00:00Z", null) }.ExitOf(element));
        Assert.Equal("otherwise", new SchemeTable { Now = DateTimeOffset.Parse("2026-12-01T06:00:00Z", null) }.ExitOf(element));
    }

    [Fact]
    public void Another_time_zone_has_another_clock()
    {
        var table = new SchemeTable { Now = DateTimeOffset.Parse("2026-12-01T20:00:00Z", null) };
        table.Tenant = table.Tenant with { TimeZone = "America/New_York" };
        Assert.Equal("open", table.ExitOf(With(Period("open") with { Times = [Between("15:00", "15:01")] })));
    }

    [Fact]
    public void A_manual_switch_must_stand_as_asked()
    {
        var element = With(Period("night") with { Switch = new(new("night"), On: true) });
        Assert.Equal("night", new SchemeTable().Has(new ManualSwitch(new("night")) { On = true }).ExitOf(element));
        Assert.Equal("otherwise", new SchemeTable().Has(new ManualSwitch(new("night"))).ExitOf(element));
        Assert.Equal("otherwise", new SchemeTable().ExitOf(element)); // one that is gone holds nothing
    }

    [Fact]
    public void The_reason_names_the_clock_the_period_and_the_holiday() =>
        Assert.Equal("Wednesday 2026-11-11 10:00 Europe/Warsaw (Narodowe Święto Niepodległości) is in period 'closed'", new SchemeTable().At("2026-11-11 10:00").Enter(_office).Reason);

    [Fact]
    public void After_midnight_the_reason_names_the_holiday_on_which_the_hours_began()
    {
        var element = With(Period("night") with { PublicHolidays = HolidayUse.Included, Times = [Between("22:00", "06:00")] });
        Assert.Equal("Thursday 2026-11-12 05:00 Europe/Warsaw (from Narodowe Święto Niepodległości) is in period 'night'", new SchemeTable().At("2026-11-12 05:00").Enter(element).Reason);
        Assert.Equal("Wednesday 2026-11-11 23:00 Europe/Warsaw (Narodowe Święto Niepodległości) is in period 'night'", new SchemeTable().At("2026-11-11 23:00").Enter(element).Reason);
    }

    [Theory]
    [InlineData("2026-12-24 09:00", "open")]
    [InlineData("2026-12-24 13:00", "closed")]
    [InlineData("2026-12-25 09:00", "closed")]
    public void Of_two_exceptions_the_first_in_the_list_holds(string local, string exit) => Assert.Equal(exit, new SchemeTable().At(local).ExitOf(With(
        Period("open") with { Yearly = [EveryYear("12-24", "12-24")], Times = [Between("08:00", "12:00")] },
        Period("closed") with { PublicHolidays = HolidayUse.Included })));

    static TimeConditionElement With(params TimePeriod[] periods) => new() { Id = new("hours"), Periods = [.. periods] };
}
