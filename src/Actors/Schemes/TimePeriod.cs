using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Schemes.Holidays;

namespace TeleCube.Actors.Schemes;

/// <summary>
/// One period of a time condition. Everything that it names must hold: the weekday, the day, the time, the switch; what it leaves out holds always.
/// Hours that go over midnight belong to the day on which they begin.
/// </summary>
public sealed record TimePeriod
{
    const int MostParts = 50;
    const int LongestRange = 366;

    /// <summary>The exit that it takes.</summary>
    public required string Exit { get; init; }

    public ImmutableArray<DayOfWeek> Weekdays { get; init; } = [];

    public ImmutableArray<Hours> Times { get; init; } = [];

    /// <summary>Days of one year; together with <c>yearly</c> and included holidays any one of them will do.</summary>
    public ImmutableArray<DateRange> Dates { get; init; } = [];

    /// <summary>Days of every year.</summary>
    public ImmutableArray<YearlyRange> Yearly { get; init; } = [];

    public HolidayUse PublicHolidays { get; init; }

    /// <summary>A manual switch (day/night) that must be so.</summary>
    public SwitchSetting? Switch { get; init; }

    /// <summary>True if it is bound to certain days of the calendar, not only to weekdays.</summary>
    internal bool IsDated => Dates.Length > 0 || Yearly.Length > 0 || PublicHolidays is HolidayUse.Included;

    /// <summary>How much of an exception it is; of several kinds of days, the commonest counts.</summary>
    internal int Rank => PublicHolidays is HolidayUse.Included ? 1 : Yearly.Length > 0 ? 2 : Dates.Length > 0 ? 3 : 0;

    /// <summary>True if it holds on every day at every hour, as its switch stands.</summary>
    internal bool IsAlways => Weekdays.IsEmpty && Times.IsEmpty && !IsDated && PublicHolidays is HolidayUse.Ignored;

    internal IEnumerable<OptionFault> Faults()
    {
        if (!ExitNames.IsValid(Exit)) yield return new OptionFault("exit", ExitNames.Rule);
        if (IsAlways && Switch is null)
            yield return new OptionFault("weekdays", "is left out as all else is, and such a period holds always: give weekdays, times, dates, yearly, publicHolidays or a switch");
        foreach (var (field, count) in new[] { ("times", Times.Length), ("dates", Dates.Length), ("yearly", Yearly.Length), ("weekdays", Weekdays.Length) })
            if (count > MostParts) yield return new OptionFault(field, $"must have at most {MostParts} entries");
        for (var i = 0; i < Times.Length; i++)
            if (Times[i].From.Minutes >= DayTime.PerDay) yield return new OptionFault($"times[{i}].from", "must be before 24:00");
        for (var i = 0; i < Dates.Length; i++)
            if (Dates[i].To < Dates[i].From || Dates[i].To.DayNumber - Dates[i].From.DayNumber > LongestRange)
                yield return new OptionFault($"dates[{i}]", $"must end on or after the day on which it begins, and at most {LongestRange} days later");
    }

    /// <summary>
    /// The day on which the hours began into which a moment of the tenant's own clock falls; null if it falls into none. The switch is not looked at.
    /// </summary>
    public DateOnly? DayOf(DateTime local, HolidayCalendar holidays)
    {
        var (today, minute) = (DateOnly.FromDateTime(local), (int)local.TimeOfDay.TotalMinutes);
        if ((Times.IsEmpty || Times.Any(hours => hours.BeforeMidnight(minute))) && On(today, holidays)) return today;
        return Times.Any(hours => hours.AfterMidnight(minute)) && today > DateOnly.MinValue && On(today.AddDays(-1), holidays) ? today.AddDays(-1) : null;
    }

    /// <summary>Whether its hours may begin on that day.</summary>
    public bool On(DateOnly day, HolidayCalendar holidays)
    {
        if (Weekdays.Length > 0 && !Weekdays.Contains(day.DayOfWeek)) return false;
        var holiday = PublicHolidays is not HolidayUse.Ignored && holidays.NameOf(day) is not null;
        if (PublicHolidays is HolidayUse.Excluded && holiday) return false;
        return !IsDated || (PublicHolidays is HolidayUse.Included && holiday)
            || Dates.Any(range => range.Contains(day)) || Yearly.Any(range => range.Contains(day));
    }
}

/// <summary>From a time on the clock, which is in it, to another, which is not; to an earlier or the same one means over midnight.</summary>
public sealed record Hours(DayTime From, DayTime To)
{
    [JsonIgnore]
    public bool OverMidnight => To.Minutes <= From.Minutes;

    /// <summary>The part on the day on which it begins.</summary>
    public bool BeforeMidnight(int minute) => minute >= From.Minutes && (OverMidnight || minute < To.Minutes);

    /// <summary>The part on the day after.</summary>
    public bool AfterMidnight(int minute) => OverMidnight && minute < To.Minutes;
}

/// <summary>Both days are in it.</summary>
public sealed record DateRange(DateOnly From, DateOnly To)
{
    public bool Contains(DateOnly day) => day >= From && day <= To;
}

/// <summary>Both days are in it; to an earlier one means over New Year.</summary>
public sealed record YearlyRange(MonthDay From, MonthDay To)
{
    public bool Contains(DateOnly day)
    {
        var date = MonthDay.Of(day);
        return From <= To ? date >= From && date <= To : date >= From || date <= To;
    }
}

/// <summary>What public holidays mean for a period.</summary>
public enum HolidayUse
{
    /// <summary>They are days as any other.</summary>
    Ignored,

    /// <summary>They are among its days.</summary>
    Included,

    /// <summary>It does not hold on them.</summary>
    Excluded,
}

/// <summary>A manual switch and the state that is asked for.</summary>
public sealed record SwitchSetting(SwitchId Id, bool On);
