using System.Globalization;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Schemes;

/// <summary>A time on the clock to the minute, <c>00:00</c> to <c>24:00</c>, the end of the day.</summary>
[JsonConverter(typeof(DayTimeJsonConverter))]
public readonly record struct DayTime(int Minutes)
{
    public const int PerDay = 24 * PerHour;
    const int PerHour = 60;

    public static bool TryParse(string? text, out DayTime time)
    {
        time = default;
        if (text is not { Length: 5 } || text[2] != ':') return false;
        if (!int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)) return false;
        if (!int.TryParse(text.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes >= PerHour) return false;
        time = new DayTime((hours * PerHour) + minutes);
        return time.Minutes <= PerDay;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Minutes / PerHour:00}:{Minutes % PerHour:00}");
}

/// <summary>A time of day is its text in JSON.</summary>
public sealed class DayTimeJsonConverter : TextJsonConverter<DayTime>
{
    protected override bool TryParse(string text, out DayTime value) => DayTime.TryParse(text, out value);

    protected override string Print(DayTime value) => value.ToString();
}
