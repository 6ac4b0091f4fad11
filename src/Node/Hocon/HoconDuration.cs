using System.Globalization;

namespace TeleCube.Node.Hocon;

/// <summary>
/// HOCON's durations: a number with a unit, such as <c>45s</c>, <c>500 ms</c>, <c>2 minutes</c>, <c>1.5h</c>; only <c>0</c> needs none.
/// </summary>
public static class HoconDuration
{
    public const string Expected = "a duration with its unit, such as 500ms, 45s, 2 minutes, 1h or 30d";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (!HoconQuantity.TrySplit(text, out var number, out var unit)) return false;
        if (unit.Length == 0) return number == 0;
        if (TicksOf(unit) is not { } ticks) return false;
        var total = number * ticks;
        if (Math.Abs(total) > long.MaxValue / 2) return false;
        duration = TimeSpan.FromTicks((long)total);
        return true;
    }

    public static string Format(TimeSpan duration) => duration switch
    {
        { Ticks: 0 } => "0s",
        _ when duration.Ticks % TimeSpan.TicksPerDay == 0 => Invariant(duration.TotalDays, "d"),
        _ when duration.Ticks % TimeSpan.TicksPerHour == 0 => Invariant(duration.TotalHours, "h"),
        _ when duration.Ticks % TimeSpan.TicksPerMinute == 0 => Invariant(duration.TotalMinutes, "m"),
        _ when duration.Ticks % TimeSpan.TicksPerSecond == 0 => Invariant(duration.TotalSeconds, "s"),
        _ => Invariant(duration.TotalMilliseconds, "ms"),
    };

    static string Invariant(double number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;

    static decimal? TicksOf(string unit) => unit switch
    {
        "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        _ => null,
    };
}
