namespace TeleCube.Actors.Schemes.Holidays;

/// <summary>Easter Sunday of the Gregorian calendar.</summary>
static class Easter
{
    /// <summary>The "anonymous" computus (Meeus, Jones, Butcher), valid for every Gregorian year.</summary>
    public static DateOnly Of(int year)
    {
        var golden = year % 19;
        var (century, rest) = Math.DivRem(year, 100);
        var (leapCenturies, centuryRest) = Math.DivRem(century, 4);
        var correction = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - leapCenturies - correction + 15) % 30;
        var (leaps, leapRest) = Math.DivRem(rest, 4);
        var toSunday = (32 + (2 * centuryRest) + (2 * leaps) - epact - leapRest) % 7;
        var late = (golden + (11 * epact) + (22 * toSunday)) / 451;
        var (month, day) = Math.DivRem(epact + toSunday - (7 * late) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
