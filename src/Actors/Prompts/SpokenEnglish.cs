namespace TeleCube.Actors.Prompts;

/// <summary>British English: one hundred and five minutes; two oh five p m.</summary>
sealed class SpokenEnglish : Spoken
{
    public override IReadOnlyList<string> Number(int value) => Signed(value, Cardinal);

    public override IReadOnlyList<string> Counted(int count, SpokenNoun noun) => [.. Number(count), NameOf(noun) + (count == 1 ? "-one" : "-many")];

    public override IReadOnlyList<string> Time(TimeOnly time)
    {
        if (time.Minute == 0 && time.Hour % 12 == 0) return [time.Hour == 0 ? "midnight" : "noon"];
        var hour = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        IReadOnlyList<string> minutes = time.Minute switch { 0 => [], < 10 => ["oh", .. Number(time.Minute)], _ => Number(time.Minute) };
        return [.. Number(hour), .. minutes, time.Hour < 12 ? "am" : "pm"];
    }

    /// <summary>On the twenty first of November.</summary>
    protected override IReadOnlyList<string> Date(DateOnly day) => [$"day-{day.Day}", $"month-{day.Month}"];

    static IEnumerable<string> Cardinal(int value)
    {
        var (thousands, hundreds, rest) = (value / 1000, value % 1000 / 100, value % 100);
        if (thousands > 0)
        {
            foreach (var part in Cardinal(thousands)) yield return part;
            yield return "thousand-many";
        }
        if (hundreds > 0) yield return $"n-{100 * hundreds}";
        if (rest == 0) yield break;
        if (value > 100) yield return "and";
        if (rest >= 20) yield return $"n-{rest / 10 * 10}";
        if (rest < 20 || rest % 10 > 0) yield return $"n-{(rest < 20 ? rest : rest % 10)}";
    }
}
