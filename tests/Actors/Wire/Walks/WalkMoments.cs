using TeleCube.Actors.Schemes.Holidays;

namespace TeleCube.Actors.Tests.Wire.Walks;

/// <summary>The kinds of moments at which a time condition is easily wrong; each is drawn in its turn, so none is left to chance.</summary>
enum MomentKind { HourThatIsNot, HourThatComesTwice, Midnight, Holiday, DayBeforeHoliday, DayAfterHoliday, LeapDay, Ordinary }

static class WalkMoments
{
    public static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    static readonly TimeSpan _day = TimeSpan.FromDays(1);

    /// <summary>A moment of that kind, to the second.</summary>
    public static DateTimeOffset Draw(MomentKind kind, Random random)
    {
        var year = random.Next(2021, 2031);
        return kind switch
        {
            // At 01:00 UTC the clocks go from 02:00 to 03:00; from half an hour before to as long after.
            MomentKind.HourThatIsNot => Change(year, 3) + TimeSpan.FromSeconds(random.Next(-1800, 1800)),
            // And from 03:00 back to 02:00: both passes of the hour, and a little before and after.
            MomentKind.HourThatComesTwice => Change(year, 10) + TimeSpan.FromSeconds(random.Next(-4500, 4500)),
            MomentKind.Midnight => Local(AnyDay(year, random), TimeSpan.FromSeconds(random.Next(-120, 120))),
            MomentKind.Holiday => Local(AHoliday(year, random), AnyTime(random)),
            MomentKind.DayBeforeHoliday => Local(AHoliday(year, random).AddDays(-1), AnyTime(random)),
            MomentKind.DayAfterHoliday => Local(AHoliday(year, random).AddDays(1), AnyTime(random)),
            MomentKind.LeapDay => Local(new DateOnly(random.Next(2) == 0 ? 2024 : 2028, 2, 29), AnyTime(random)),
            _ => Local(AnyDay(year, random), AnyTime(random)),
        };
    }

    /// <summary>Whether a moment is of the kind, said in other words than those by which it is drawn.</summary>
    public static bool Is(MomentKind kind, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Warsaw).DateTime;
        var today = DateOnly.FromDateTime(local);
        return kind switch
        {
            MomentKind.HourThatIsNot => Offset(at.AddHours(-1)) < Offset(at.AddHours(1)),
            MomentKind.HourThatComesTwice => Offset(at.AddHours(-2)) > Offset(at.AddHours(2)),
            MomentKind.Midnight => local.TimeOfDay < TimeSpan.FromMinutes(3) || _day - local.TimeOfDay < TimeSpan.FromMinutes(3),
            MomentKind.Holiday => IsHoliday(today),
            MomentKind.DayBeforeHoliday => IsHoliday(today.AddDays(1)),
            MomentKind.DayAfterHoliday => IsHoliday(today.AddDays(-1)),
            MomentKind.LeapDay => local is { Month: 2, Day: 29 },
            _ => true,
        };
    }

    static TimeSpan Offset(DateTimeOffset at) => Warsaw.GetUtcOffset(at);

    static bool IsHoliday(DateOnly day) => HolidayCalendar.Polish.NameOf(day) is not null;

    /// <summary>01:00 UTC on the last Sunday of the month (Directive 2000/84/EC).</summary>
    static DateTimeOffset Change(int year, int month)
    {
        var last = new DateTimeOffset(year, month, DateTime.DaysInMonth(year, month), 1, 0, 0, TimeSpan.Zero);
        return last.AddDays(-(int)last.DayOfWeek);
    }

    static DateOnly AHoliday(int year, Random random)
    {
        DateOnly[] all = [.. HolidayCalendar.Polish.Of(year)];
        return all[random.Next(all.Length)];
    }

    static DateOnly AnyDay(int year, Random random) => new DateOnly(year, 1, 1).AddDays(random.Next(365));

    static TimeSpan AnyTime(Random random) => TimeSpan.FromSeconds(random.Next(86_400));

    /// <summary>By the clock on the wall; an hour that comes twice, and one that is not, are left to their own kinds.</summary>
    static DateTimeOffset Local(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, Warsaw.GetUtcOffset(local)).ToUniversalTime();
    }
}
