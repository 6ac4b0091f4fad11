using System.Collections;
using System.Collections.Immutable;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Schemes.Holidays;

namespace TeleCube.Actors.Schemes.Lint;

/// <summary>
/// Periods of which two hold at once by accident, or one never. The first period that holds wins, so what is more of an exception (a manual switch, then
/// dates, days of every year, public holidays, and last what goes by weekdays and hours) stands before the other on purpose; two of one rank, or the rule
/// before its exception, are a mistake.
/// </summary>
static class PeriodOverlaps
{
    /// <summary>28 years hold every weekday on every date, and enough Easters; days named outside of them are looked at too.</summary>
    static readonly DateOnly _first = new(2024, 1, 1);
    static readonly DateOnly _last = new(2051, 12, 31);

    public static IEnumerable<SchemeFault> In(TimeConditionElement element)
    {
        if (element.OptionFaults().Any()) yield break; // its bounds are what keeps this short
        var days = Days(element.Periods);
        var on = element.Periods.Select(period => new BitArray([.. days.Select(day => period.On(day, HolidayCalendar.Polish))])).ToList();
        foreach (var fault in NeverHold(element, on)) yield return fault;
        for (var second = 1; second < element.Periods.Length; second++)
            for (var first = 0; first < second; first++)
                if (element.Periods[first].Exit != element.Periods[second].Exit && !IsException(element.Periods[first], element.Periods[second])
                    && Meeting(days, element.Periods[first], on[first], element.Periods[second], on[second]) is { } day)
                    yield return new SchemeFault(element.Id, "overlapping-periods",
                        $"'{element.Periods[first].Exit}' and '{element.Periods[second].Exit}' both hold on {day:yyyy-MM-dd}{Advice(element.Periods[first], element.Periods[second])}",
                        $"periods[{second}]");
    }

    static string Advice(TimePeriod first, TimePeriod second) => IsException(second, first) ? ": the exception must stand before the rule" : "";

    /// <summary>Days that there are never, or a switch that was asked for both ways before.</summary>
    static IEnumerable<SchemeFault> NeverHold(TimeConditionElement element, List<BitArray> on)
    {
        var settled = new HashSet<SwitchSetting>();
        for (var i = 0; i < on.Count; i++)
        {
            var period = element.Periods[i];
            if (!on[i].HasAnySet())
                yield return new SchemeFault(element.Id, "period-never-holds", $"there is no day on which '{period.Exit}' could hold", $"periods[{i}]");
            else if (settled.Any(setting => settled.Contains(setting with { On = !setting.On }) || setting == period.Switch))
                yield return new SchemeFault(
                    element.Id, "period-never-holds", $"'{period.Exit}' is never come to: the periods before it hold whichever way a switch stands", $"periods[{i}]");
            if (period is { Switch: { } asked, IsAlways: true }) settled.Add(asked);
        }
    }

    static bool IsException(TimePeriod first, TimePeriod second)
    {
        if (first.Switch is { } setting) return second.Switch is not { } other || other.Id != setting.Id || other.On != setting.On;
        return second.Switch is null && first.Rank > second.Rank;
    }

    static ImmutableArray<DateOnly> Days(ImmutableArray<TimePeriod> periods)
    {
        var days = new SortedSet<DateOnly>();
        for (var day = _first; day <= _last; day = day.AddDays(1)) days.Add(day);
        foreach (var range in periods.SelectMany(period => period.Dates))
            for (var number = range.From.DayNumber; number <= range.To.DayNumber; number++) days.Add(DateOnly.FromDayNumber(number));
        return [.. days];
    }

    /// <summary>The first day on which hours of both meet, begun that day or the day before.</summary>
    static DateOnly? Meeting(ImmutableArray<DateOnly> days, TimePeriod a, BitArray onA, TimePeriod b, BitArray onB)
    {
        var (sameDay, aRunsIntoB, bRunsIntoA) = (Meet(a, 0, b, 0), Meet(a, 0, b, 1), Meet(a, 1, b, 0));
        for (var i = 0; i < days.Length; i++)
        {
            var follows = i + 1 < days.Length && days[i + 1].DayNumber == days[i].DayNumber + 1;
            if (sameDay && onA[i] && onB[i]) return days[i];
            if (follows && ((aRunsIntoB && onA[i] && onB[i + 1]) || (bRunsIntoA && onB[i] && onA[i + 1]))) return days[i + 1];
        }

        return null;
    }

    /// <summary>Whether hours meet that begin so many days after each other.</summary>
    static bool Meet(TimePeriod a, int dayOfA, TimePeriod b, int dayOfB) =>
        Spans(a, dayOfA).Any(one => Spans(b, dayOfB).Any(other => one.From < other.To && other.From < one.To));

    static IEnumerable<(int From, int To)> Spans(TimePeriod period, int day)
    {
        var midnight = day * DayTime.PerDay;
        return period.Times.IsEmpty
            ? [(midnight, midnight + DayTime.PerDay)]
            : period.Times.Select(hours => (midnight + hours.From.Minutes, midnight + hours.To.Minutes + (hours.OverMidnight ? DayTime.PerDay : 0)));
    }
}
