namespace TeleCube.Actors.Prompts;

/// <summary>
/// Polish: a number takes the gender of what is counted (dwa złote, dwie minuty, dwóch uczestników), and that takes the form which the number asks for
/// (jedna minuta, dwie minuty, pięć minut, dwadzieścia jeden minut, dwadzieścia dwie minuty).
/// </summary>
sealed class SpokenPolish : Spoken
{
    enum Gender { Masculine, Feminine, People }

    public override IReadOnlyList<string> Number(int value) => Number(value, Gender.Masculine);

    public override IReadOnlyList<string> Counted(int count, SpokenNoun noun)
    {
        var gender = GenderOf(noun);
        // Of people, more than one are always in the genitive: dwóch uczestników.
        var form = count == 1 ? "-one" : gender != Gender.People && IsFew(count) ? "-few" : "-many";
        return [.. Number(count, gender), NameOf(noun) + form];
    }

    /// <summary>Czternasta dwadzieścia dwie; minutes below ten with a zero, and one as it is counted: czternasta zero jeden.</summary>
    public override IReadOnlyList<string> Time(TimeOnly time) => (time.Hour, time.Minute) switch
    {
        (0, 0) => ["midnight"],
        (var hour, 0) => [$"clock-{hour}"],
        (var hour, 1) => [$"clock-{hour}", "n-0", "n-1"],
        (var hour, < 10 and var minute) => [$"clock-{hour}", "n-0", .. Number(minute, Gender.Feminine)],
        var (hour, minute) => [$"clock-{hour}", .. Number(minute, Gender.Feminine)],
    };

    /// <summary>Dwudziestego pierwszego listopada.</summary>
    protected override IReadOnlyList<string> Date(DateOnly day) => day.Day <= 20 || day.Day == 30
        ? [$"day-{day.Day}", $"month-{day.Month}"]
        : [$"day-{day.Day / 10 * 10}", $"day-{day.Day % 10}", $"month-{day.Month}"];

    static IReadOnlyList<string> Number(int value, Gender gender) => Signed(value, positive => Cardinal(positive, gender));

    static IEnumerable<string> Cardinal(int value, Gender gender)
    {
        var (thousands, hundreds, rest) = (value / 1000, value % 1000 / 100, value % 100);
        if (thousands > 0)
        {
            // Tysiąc, not jeden tysiąc.
            if (thousands > 1) foreach (var part in Cardinal(thousands, Gender.Masculine)) yield return part;
            yield return thousands == 1 ? "thousand-one" : IsFew(thousands) ? "thousand-few" : "thousand-many";
        }
        if (hundreds > 0) yield return Part(100 * hundreds, gender, alone: false);
        if (rest >= 20) yield return Part(rest / 10 * 10, gender, alone: false);
        var unit = rest < 20 ? rest : rest % 10;
        if (unit > 0) yield return Part(unit, gender, alone: value == 1);
    }

    /// <summary>One is jeden wherever it is not alone: dwadzieścia jeden minut, stu jeden uczestników.</summary>
    static string Part(int value, Gender gender, bool alone) => (value, gender) switch
    {
        (1, Gender.Feminine) when alone => "n-1-feminine",
        (2, Gender.Feminine) => "n-2-feminine",
        ( > 1, Gender.People) => $"n-{value}-people",
        _ => $"n-{value}",
    };

    /// <summary>2, 3, 4 and what ends in them, but not 12, 13, 14.</summary>
    static bool IsFew(int count) => Math.Abs(count) % 10 is >= 2 and <= 4 && Math.Abs(count) % 100 is not (>= 12 and <= 14);

    static Gender GenderOf(SpokenNoun noun) => noun switch
    {
        SpokenNoun.Participant or SpokenNoun.OtherParticipant => Gender.People,
        SpokenNoun.Zloty or SpokenNoun.Grosz => Gender.Masculine,
        _ => Gender.Feminine,
    };
}
