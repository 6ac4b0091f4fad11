using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Schemes.Holidays;

/// <summary>Reads a file of public holidays and names every line that is wrong.</summary>
static class HolidayReader
{
    const int Columns = 4;
    const int MostAfterEaster = 250;
    const string AfterEaster = "easter+";

    public static bool TryRead(TextReader text, [NotNullWhen(true)] out HolidayCalendar? calendar, out IReadOnlyList<LineError> errors)
    {
        var (holidays, faults) = (new List<Holiday>(), new List<LineError>());
        for (var line = 1; text.ReadLine() is { } row; line++)
        {
            if (CsvLine.IsBlankOrComment(row)) continue;
            if (Read(row, out var holiday) is { } fault) faults.Add(new LineError(line, fault));
            else holidays.Add(holiday!);
        }

        if (holidays.Count == 0 && faults.Count == 0) faults.Add(new LineError(1, "the file names no holiday"));
        errors = faults;
        calendar = faults.Count == 0 ? new HolidayCalendar(holidays) : null;
        return calendar is not null;
    }

    static string? Read(string row, out Holiday? holiday)
    {
        holiday = null;
        if (CsvLine.Split(row, ',') is not { Count: Columns } fields) return $"expected {Columns} columns: day,since,until,name";
        if (Day(fields[0]) is not { } day) return $"'{fields[0]}' is no day such as 12-25, easter+1 or 2018-11-12";
        if (!TryYear(fields[1], DateOnly.MinValue.Year, out var since)) return $"'{fields[1]}' is no year";
        if (!TryYear(fields[2], DateOnly.MaxValue.Year, out var until)) return $"'{fields[2]}' is no year";
        if (fields[3].Length == 0) return "the name is missing";
        holiday = new Holiday(fields[3], day, since, until);
        return null;
    }

    static HolidayDay? Day(string text)
    {
        if (text.StartsWith(AfterEaster, StringComparison.Ordinal))
            return int.TryParse(text.AsSpan(AfterEaster.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MostAfterEaster
                ? new HolidayDay.AfterEaster(days)
                : null;
        if (MonthDay.TryParse(text, out var yearly)) return new HolidayDay.Fixed(yearly);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var once) ? new HolidayDay.Once(once) : null;
    }

    static bool TryYear(string text, int otherwise, out int year)
    {
        year = otherwise;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year)
            && year >= DateOnly.MinValue.Year && year <= DateOnly.MaxValue.Year);
    }
}
