using TeleCube.Actors.Schemes.Holidays;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Polish public holidays against the lists as they were published.</summary>
public sealed class HolidayCalendarTests
{
    static readonly string[] _fixed = ["01-01", "01-06", "05-01", "05-03", "08-15", "11-01", "11-11", "12-25", "12-26"];

    /// <summary>Easter Sunday, Easter Monday, Pentecost and Corpus Christi.</summary>
    [Theory]
    [InlineData(2020, "04-12", "04-13", "05-31", "06-11")]
    [InlineData(2021, "04-04", "04-05", "05-23", "06-03")]
    [InlineData(2022, "04-17", "04-18", "06-05", "06-16")]
    [InlineData(2023, "04-09", "04-10", "05-28", "06-08")]
    [InlineData(2024, "03-31", "04-01", "05-19", "05-30")]
    [InlineData(2025, "04-20", "04-21", "06-08", "06-19")]
    [InlineData(2026, "04-05", "04-06", "05-24", "06-04")]
    [InlineData(2027, "03-28", "03-29", "05-16", "05-27")]
    [InlineData(2028, "04-16", "04-17", "06-04", "06-15")]
    [InlineData(2029, "04-01", "04-02", "05-20", "05-31")]
    [InlineData(2030, "04-21", "04-22", "06-09", "06-20")]
    public void The_holidays_of_a_year_are_these_and_no_others(int year, params string[] movable)
    {
        string[] expected = [.. _fixed, .. movable, .. year >= 2025 ? ["12-24"] : Array.Empty<string>()];
        Assert.Equal(expected.Order(StringComparer.Ordinal), HolidayCalendar.Polish.Of(year).Select(day => day.ToString("MM-dd", null)));
    }

    [Fact]
    public void The_day_after_the_hundredth_independence_day_was_free_once()
    {
        Assert.NotNull(HolidayCalendar.Polish.NameOf(new(2018, 11, 12)));
        Assert.Null(HolidayCalendar.Polish.NameOf(new(2019, 11, 12)));
    }

    [Fact]
    public void Epiphany_is_free_since_2011()
    {
        Assert.Null(HolidayCalendar.Polish.NameOf(new(2010, 1, 6)));
        Assert.Equal("Święto Trzech Króli", HolidayCalendar.Polish.NameOf(new(2011, 1, 6)));
    }

    [Theory]
    [InlineData(1818, 3, 22)] // the earliest there can be
    [InlineData(1943, 4, 25)] // the latest
    [InlineData(2038, 4, 25)]
    [InlineData(2285, 3, 22)]
    public void Easter_is_right_at_its_bounds(int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), Easter.Of(year));

    [Fact]
    public void Every_line_that_is_wrong_is_named()
    {
        using var text = new StringReader("# a comment\n13-01,,,Nothing\n12-25,x,,Christmas\neaster+999,,,Too far\n12-25,,,\n12-25,,\n2018-02-30,,,No day\n");
        Assert.False(HolidayCalendar.TryParse(text, out _, out var errors));
        Assert.Equal([2, 3, 4, 5, 6, 7], errors.Select(error => error.Line));
    }

    [Fact]
    public void A_file_without_a_holiday_is_refused()
    {
        using var text = new StringReader("# nothing\n");
        Assert.False(HolidayCalendar.TryParse(text, out _, out var errors));
        Assert.Single(errors);
    }
}
