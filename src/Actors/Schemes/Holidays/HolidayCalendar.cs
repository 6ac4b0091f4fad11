using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Schemes.Holidays;

/// <summary>The public holidays as their data file describes them; movable feasts are computed.</summary>
public sealed class HolidayCalendar
{
    const string EmbeddedName = "TeleCube.Actors.Schemes.Holidays.polish-holidays.csv";

    readonly IReadOnlyList<Holiday> _holidays;

    /// <summary>Filled as years are asked for; at most one entry for each year of the calendar (10,000 small ones).</summary>
    readonly ConcurrentDictionary<int, Dictionary<DateOnly, string>> _years = new();

    internal HolidayCalendar(IReadOnlyList<Holiday> holidays) => _holidays = holidays;

    /// <summary>The holidays of Poland that ship with the exchange.</summary>
    public static HolidayCalendar Polish { get; } = LoadEmbedded();

    public static bool TryParse(TextReader text, [NotNullWhen(true)] out HolidayCalendar? calendar, out IReadOnlyList<LineError> errors) =>
        HolidayReader.TryRead(text, out calendar, out errors);

    /// <summary>The holiday's name, or null on an ordinary day.</summary>
    public string? NameOf(DateOnly day) => _years.GetOrAdd(day.Year, Compute).GetValueOrDefault(day);

    public IEnumerable<DateOnly> Of(int year) => _years.GetOrAdd(year, Compute).Keys.Order();

    /// <summary>Two feasts may fall on one day (1 or 3 May and Pentecost): the first of the file names it.</summary>
    Dictionary<DateOnly, string> Compute(int year)
    {
        var days = new Dictionary<DateOnly, string>();
        foreach (var holiday in _holidays)
            if (holiday.In(year) is { } day) days.TryAdd(day, holiday.Name);
        return days;
    }

    static HolidayCalendar LoadEmbedded()
    {
        using var stream = typeof(HolidayCalendar).Assembly.GetManifestResourceStream(EmbeddedName)!;
        using var text = new StreamReader(stream);
        return TryParse(text, out var calendar, out var errors) ? calendar : throw new InvalidDataException($"{EmbeddedName}: {errors[0]}");
    }
}
