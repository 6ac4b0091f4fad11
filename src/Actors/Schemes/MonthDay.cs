using System.Globalization;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Schemes;

/// <summary>A day of every year, as <c>12-24</c>; 29 February is one of leap years only.</summary>
[JsonConverter(typeof(MonthDayJsonConverter))]
public readonly record struct MonthDay(int Month, int Day) : IComparable<MonthDay>
{
    const int LeapYear = 2000;

    public static bool TryParse(string? text, out MonthDay day)
    {
        day = default;
        if (!DateOnly.TryParseExact($"{LeapYear}-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
        day = Of(date);
        return true;
    }

    public static MonthDay Of(DateOnly date) => new(date.Month, date.Day);

    public DateOnly? In(int year) => Day <= DateTime.DaysInMonth(year, Month) ? new DateOnly(year, Month, Day) : null;

    public int CompareTo(MonthDay other) => (Month, Day).CompareTo((other.Month, other.Day));

    public static bool operator <(MonthDay left, MonthDay right) => left.CompareTo(right) < 0;

    public static bool operator >(MonthDay left, MonthDay right) => left.CompareTo(right) > 0;

    public static bool operator <=(MonthDay left, MonthDay right) => left.CompareTo(right) <= 0;

    public static bool operator >=(MonthDay left, MonthDay right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month:00}-{Day:00}");
}

/// <summary>A day of the year is its text in JSON.</summary>
public sealed class MonthDayJsonConverter : TextJsonConverter<MonthDay>
{
    protected override bool TryParse(string text, out MonthDay value) => MonthDay.TryParse(text, out value);

    protected override string Print(MonthDay value) => value.ToString();
}
