using System.Diagnostics;

namespace TeleCube.Actors.Prompts;

/// <summary>Numbers, amounts and times as a list of prompts that, played one after the other, say them as people of that language do.</summary>
public abstract class Spoken
{
    /// <summary>What is larger is said digit by digit.</summary>
    protected const int Largest = 999_999;

    static readonly SpokenPolish _polish = new();
    static readonly SpokenEnglish _english = new();

    /// <summary>Of other languages nothing is known; prompts of one's own then follow English.</summary>
    public static Spoken In(string language) => language == "pl" ? _polish : _english;

    public abstract IReadOnlyList<string> Number(int value);

    /// <summary>A number and what there are so many of.</summary>
    public abstract IReadOnlyList<string> Counted(int count, SpokenNoun noun);

    /// <summary>The time of day.</summary>
    public abstract IReadOnlyList<string> Time(TimeOnly time);

    /// <summary>A day that has been, for who hears of it <paramref name="today"/>: within a week by its name, else by its date.</summary>
    public IReadOnlyList<string> Day(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        0 => ["today"],
        1 => ["yesterday"],
        > 1 and < 7 => [$"on-{day.DayOfWeek.ToString().ToLowerInvariant()}"],
        _ => Date(day),
    };

    protected abstract IReadOnlyList<string> Date(DateOnly day);

    public IReadOnlyList<string> Participants(int count) => Counted(count, SpokenNoun.Participant);

    /// <summary>To whoever enters a room: how many others are there (PRODUCT §6).</summary>
    public IReadOnlyList<string> OthersInRoom(int count) =>
        count == 0 ? ["first-participant"] : ["in-the-room", .. Counted(count, SpokenNoun.OtherParticipant)];

    public IReadOnlyList<string> Messages(int count) => count == 0 ? ["voicemail-none"] : ["voicemail-you-have", .. Counted(count, SpokenNoun.Message)];

    /// <summary>To whoever waits in a queue: how many come first.</summary>
    public IReadOnlyList<string> PlaceInQueue(int ahead) => ahead == 0 ? ["first-in-queue"] : ["ahead-in-queue", .. Counted(ahead, SpokenNoun.Person)];

    /// <summary>In whole minutes, rather too many than too few.</summary>
    public IReadOnlyList<string> ExpectedWait(TimeSpan time) =>
        ["expected-wait", .. time < TimeSpan.FromMinutes(1) ? ["less-than-a-minute"] : Counted((int)Math.Ceiling(time.TotalMinutes), SpokenNoun.Minute)];

    /// <summary>Złoty and grosze; to the nearest grosz.</summary>
    public IReadOnlyList<string> Amount(decimal zloty)
    {
        var rounded = Math.Round(Math.Abs(zloty), 2, MidpointRounding.AwayFromZero);
        var (whole, groszy) = ((int)Math.Min(rounded, int.MaxValue), (int)(rounded % 1 * 100));
        IReadOnlyList<string> sign = zloty < 0 && rounded > 0 ? ["minus"] : [];
        IReadOnlyList<string> first = whole > 0 || groszy == 0 ? Counted(whole, SpokenNoun.Zloty) : [];
        return [.. sign, .. first, .. groszy > 0 ? Counted(groszy, SpokenNoun.Grosz) : []];
    }

    /// <summary>Hours, minutes and seconds, without those that are none.</summary>
    public IReadOnlyList<string> Duration(TimeSpan duration)
    {
        var seconds = (long)Math.Round(Math.Max(0, duration.TotalSeconds));
        var parts = new List<string>();
        foreach (var (count, noun) in new[] { (seconds / 3600, SpokenNoun.Hour), (seconds / 60 % 60, SpokenNoun.Minute), (seconds % 60, SpokenNoun.Second) })
            if (count > 0) parts.AddRange(Counted((int)count, noun));
        return parts.Count > 0 ? parts : Counted(0, SpokenNoun.Second);
    }

    /// <summary>A phone number or code, key by key.</summary>
    public static IReadOnlyList<string> Digits(string text) =>
    [
        .. text.Select(key => key switch
        {
            >= '0' and <= '9' => $"n-{key}",
            '+' => "plus",
            '*' => "star",
            '#' => "hash",
            _ => null,
        }).OfType<string>(),
    ];

    protected static string NameOf(SpokenNoun noun) => noun switch
    {
        SpokenNoun.Participant => "participant",
        SpokenNoun.OtherParticipant => "other-participant",
        SpokenNoun.Message => "message",
        SpokenNoun.Hour => "hour",
        SpokenNoun.Minute => "minute",
        SpokenNoun.Second => "second",
        SpokenNoun.Zloty => "zloty",
        SpokenNoun.Grosz => "grosz",
        SpokenNoun.Person => "person",
        _ => throw new UnreachableException($"{noun} has no name"),
    };

    /// <summary>By thousands, or digit by digit where that would be too long to be followed.</summary>
    protected static IReadOnlyList<string> Signed(int value, Func<int, IEnumerable<string>> positive) => value switch
    {
        > Largest or < -Largest => [.. value < 0 ? ["minus"] : Array.Empty<string>(), .. Digits($"{value}")],
        < 0 => ["minus", .. positive(-value)],
        0 => ["n-0"],
        _ => [.. positive(value)],
    };
}
